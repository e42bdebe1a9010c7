"""What the program is to macOS, and how its disk image is made.

The bundle is signed from the inside out, for a hardened runtime. Whoever has Apple's certificate
has the image looked at by Apple as well; without one the program is signed for nobody, which is
the least that Apple's own processors run.
"""

import plistlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

IDENTIFIER = "org.closedmesh.ClosedMesh"
TARGETS = ("dmg",)
OLDEST = "13.0"
"""Of macOS: Qt's packages ask for it."""

ENTITLEMENTS = {
    # Python calls C functions through code that it writes while it runs.
    "com.apple.security.cs.allow-unsigned-executable-memory": True,
    # Its libraries come from many makers, whose signatures are not ours.
    "com.apple.security.cs.disable-library-validation": True,
}
"""What the hardened runtime must allow; everything else stays forbidden."""


def info(version: str, *, in_dock: bool = True) -> dict[str, Any]:
    """The program's Info.plist; without a place in the Dock it lives in the menu bar alone."""
    return {
        "CFBundleName": "ClosedMesh",
        "CFBundleDisplayName": "ClosedMesh",
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleURLTypes": [
            {
                "CFBundleURLName": f"{IDENTIFIER}.invite",
                "CFBundleTypeRole": "Viewer",
                "CFBundleURLSchemes": ["closedmesh"],
            }
        ],
        "LSMinimumSystemVersion": OLDEST,
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSUIElement": not in_dock,
        "NSHighResolutionCapable": True,
        "NSSupportsAutomaticGraphicsSwitching": True,
        "NSLocalNetworkUsageDescription": (
            "ClosedMesh reaches other computers of your mesh directly when they are on the same "
            "network."
        ),
        "NSBonjourServices": ["_closedmesh._udp"],
    }


def entitlements(target: Path) -> Path:
    """Write what the hardened runtime must allow."""
    target.write_bytes(plistlib.dumps(ENTITLEMENTS))
    return target


def icon_command(picture: Path, target: Path) -> list[str]:
    """What makes an icon of a large picture."""
    return ["sips", "-s", "format", "icns", str(picture), "--out", str(target)]


def sign_commands(app: Path, allowed: Path, identity: str) -> list[list[str]]:
    """What signs the finished program. `identity` "-" is nobody, and then no clock vouches for it.
    Libraries first: a signature covers those inside."""
    stamp = ["--timestamp=none"] if identity == "-" else ["--timestamp"]
    sign = ["codesign", "--force", "--sign", identity, "--options", "runtime", *stamp]
    inner = sorted(each for pattern in ("*.so", "*.dylib") for each in app.rglob(pattern)
                   if not each.is_symlink())  # fmt: skip
    return [
        *([*sign, str(each)] for each in inner),
        [*sign, "--entitlements", str(allowed), str(app)],
        ["codesign", "--verify", "--strict", "--deep", str(app)],
    ]


def image(app: Path, work: Path, target: Path) -> Path:
    """Make the disk image: the program, and a link to where it is dragged. Raises
    `CalledProcessError`."""
    folder = work / "image"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "Applications").symlink_to("/Applications")
    for command in image_commands(app, folder, target):
        subprocess.run(command, check=True)
    return target


def image_commands(app: Path, folder: Path, target: Path) -> list[list[str]]:
    """What makes the disk image of a folder, once the program is in it."""
    return [
        ["ditto", str(app), str(folder / app.name)],
        ["hdiutil", "create", "-volname", "ClosedMesh", "-srcfolder", str(folder), "-ov",
         "-format", "ULMO", str(target)],
    ]  # fmt: skip


def approve_commands(target: Path, profile: str) -> list[list[str]]:
    """What has Apple look at the image, and fastens the answer to it. The password is read from
    the keychain's profile, never from a command line."""
    return [
        ["xcrun", "notarytool", "submit", "--wait", "--keychain-profile", profile, str(target)],
        ["xcrun", "stapler", "staple", str(target)],
    ]
