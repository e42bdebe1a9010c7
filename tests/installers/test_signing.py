import plistlib
from pathlib import Path

import signing

ALLOWED = Path("/w/x.entitlements")


def test_without_a_certificate_macos_programs_are_signed_for_nobody(tmp_path):
    commands = signing.bundle_commands("darwin", tmp_path, ALLOWED, {})
    assert commands[0][:4] == ["codesign", "--force", "--sign", "-"]
    assert "--timestamp=none" in commands[0]
    assert signing.package_commands("darwin", [Path("a.dmg")], {}) == []


def test_libraries_are_signed_before_the_program_around_them(tmp_path):
    for name in ("Contents/Frameworks/a.dylib", "Contents/Frameworks/b/c.so"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "Contents/Frameworks/link.so").symlink_to("b/c.so")
    secrets = {signing.IDENTITY: "Developer ID"}
    commands = signing.bundle_commands("darwin", tmp_path, ALLOWED, secrets)
    names = [Path(command[-1]).name for command in commands]
    assert names == ["a.dylib", "c.so", tmp_path.name, tmp_path.name]
    assert all("runtime" in command for command in commands[:3])
    assert "--entitlements" in commands[2]
    assert "--verify" in commands[3]


def test_apple_looks_at_what_has_its_certificate():
    secrets = {signing.IDENTITY: "Developer ID", signing.PROFILE: "release"}
    submit, staple = signing.package_commands("darwin", [Path("a.dmg")], secrets)
    assert submit[-3:] == ["--keychain-profile", "release", "a.dmg"]
    assert staple[:2] == ["xcrun", "stapler"]


def test_windows_programs_are_signed_by_the_command_that_is_given(tmp_path):
    (tmp_path / "closedmesh.exe").touch()
    secrets = {signing.WINDOWS: 'signtool sign /d "Closed Mesh"'}
    (command,) = signing.bundle_commands("win32", tmp_path, ALLOWED, secrets)
    assert command == ["signtool", "sign", "/d", "Closed Mesh", str(tmp_path / "closedmesh.exe")]
    assert signing.bundle_commands("win32", tmp_path, ALLOWED, {}) == []


def test_nothing_is_signed_for_linux(tmp_path):
    everything = {signing.WINDOWS: "x", signing.IDENTITY: "y", signing.PROFILE: "z"}
    assert signing.bundle_commands("linux", tmp_path, ALLOWED, everything) == []
    assert signing.package_commands("linux", [tmp_path], everything) == []


def test_the_hardened_runtime_allows_little(tmp_path):
    made = signing.macos_packages.entitlements(tmp_path / "x.entitlements")
    allowed = plistlib.loads(made.read_bytes())
    assert set(allowed) == {
        "com.apple.security.cs.allow-unsigned-executable-memory",
        "com.apple.security.cs.disable-library-validation",
    }
