"""Signs what was built, where the secrets for it are.

    CLOSEDMESH_WINDOWS_SIGN    a command that signs the Windows programs whose names are appended
    CLOSEDMESH_APPLE_IDENTITY  a certificate in the keychain; without it macOS's programs are signed
                               for nobody
    CLOSEDMESH_APPLE_PROFILE   a profile of notarytool in the keychain

For Linux nothing is signed here: its packages are told apart by their checksums and provenance.
"""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import macos_packages

WINDOWS = "CLOSEDMESH_WINDOWS_SIGN"
IDENTITY = "CLOSEDMESH_APPLE_IDENTITY"
PROFILE = "CLOSEDMESH_APPLE_PROFILE"


def bundle_commands(
    system: str, bundle: Path, allowed: Path, secrets: Mapping[str, str]
) -> list[list[str]]:
    """What signs a bundle of a system, as Python names it; `allowed` is a file of entitlements."""
    if system == "darwin":
        return macos_packages.sign_commands(bundle, allowed, secrets.get(IDENTITY) or "-")
    if system == "win32":
        return _windows(sorted(bundle.glob("*.exe")), secrets)
    return []


def package_commands(
    system: str, packages: Sequence[Path], secrets: Mapping[str, str]
) -> list[list[str]]:
    """What signs packages of one system."""
    if system == "darwin" and secrets.get(IDENTITY) and secrets.get(PROFILE):
        return [command for each in packages
                for command in macos_packages.approve_commands(each, secrets[PROFILE])]  # fmt: skip
    if system == "win32":
        return _windows(packages, secrets)
    return []


def _windows(files: Sequence[Path], secrets: Mapping[str, str]) -> list[list[str]]:
    command = shlex.split(secrets.get(WINDOWS, ""))
    return [[*command, str(file)] for file in files] if command else []
