"""Announces versions, so that copies of the program can find them and know that they are genuine.

    python3 installers/releases.py begin REPOSITORY --keys DIR            keys, and the first lists
    python3 installers/releases.py publish REPOSITORY --keys DIR FILE...  packages of one version
    python3 installers/releases.py renew REPOSITORY --keys DIR            lists that last a few days

REPOSITORY is a folder that a web server serves: `metadata/` has signed lists, `targets/` packages.
The keys `root` and `targets` belong on a computer without a network; `snapshot` and `timestamp` are
for whoever renews. `begin` prints what a build is given (`build.py --updates`): the folder with
`root.json`, to which the address of the repository is added. The lists are those of The Update
Framework; run this with the interpreter of the program's environment.
"""

import argparse
import datetime
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

ROLES = ("root", "targets", "snapshot", "timestamp")

LIFETIME = {"root": 365, "targets": 180, "snapshot": 30, "timestamp": 10}
"""Days after which a list is not believed any more. A copy that is kept from newer lists notices
when the timestamp's are over."""

FILE = re.compile(
    r"closedmesh-(?P<version>\d+\.\d+\.\d+)-(?P<computers>(linux|windows|macos)-\w+)"
    r"(\.tar\.gz|-setup\.exe|\.dmg|(?P<image>\.AppImage))"
)
"""What can be announced: for each system the file that its copies are told of, and the AppImage,
whose copies take another one's place."""

T = TypeVar("T", Root, Targets, Snapshot, Timestamp)


class Refused(Exception):
    """Something that cannot be announced."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder of lists and archives, and the keys to sign them."""

    folder: Path
    keys: Path
    now: datetime.datetime

    def begin(self) -> Path:
        """Make keys and first lists; the list of keys that goes into builds."""
        if (self.folder / "metadata").exists() or any(self.keys.glob("*.pem")):
            raise Refused("There are lists or keys already, and they are not overwritten.")
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        root = Root(version=1, expires=self._expiry("root"))
        for role in ROLES:
            root.add_key(_make_key(self.keys / f"{role}.pem"), role)
        self._write("1.root.json", Metadata(root), "root")
        self._write_all(Targets(version=1), 1)
        return self.folder / "metadata" / "1.root.json"

    def publish(self, files: Sequence[Path]) -> None:
        """Announce one version, files for several systems; older files stay where they are."""
        targets = self._targets()
        for file in files:
            found = FILE.fullmatch(file.name)
            if not found:
                raise Refused(
                    f"{file.name} is no closedmesh-VERSION-SYSTEM-MACHINE.tar.gz or .AppImage of "
                    "Linux, -setup.exe of Windows or .dmg of macOS."
                )
            said = json.dumps({"version": found["version"], "file": file.name}).encode()
            variant = "-appimage" if found["image"] else ""
            self._add(targets, file.name, file.read_bytes())
            self._add(targets, f"latest-{found['computers']}{variant}.json", said)
        self._write_all(targets, targets.version + 1)

    def renew(self) -> None:
        """Sign the short-lived lists again, with what they say unchanged."""
        self._write_short(self._targets().version)

    def _targets(self) -> Targets:
        if not (newest := self._newest("targets")):
            raise Refused(f"There are no lists in {self.folder}: `begin` makes them.")
        place = self.folder / "metadata" / f"{newest}.targets.json"
        return Metadata[Targets].from_file(str(place)).signed

    def _add(self, targets: Targets, name: str, data: bytes) -> None:
        targets.targets[name] = TargetFile.from_data(name, data, ["sha256"])
        place = self.folder / "targets" / f"{hashlib.sha256(data).hexdigest()}.{name}"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)

    def _write_all(self, targets: Targets, version: int) -> None:
        targets.version = version
        targets.expires = self._expiry("targets")
        self._write(f"{targets.version}.targets.json", Metadata(targets), "targets")
        self._write_short(targets.version)

    def _write_short(self, targets: int) -> None:
        """The two lists that say which of the others are the latest."""
        version = self._newest("snapshot") + 1
        meta = {"targets.json": MetaFile(version=targets)}
        snapshot = Snapshot(version=version, expires=self._expiry("snapshot"), meta=meta)
        self._write(f"{version}.snapshot.json", Metadata(snapshot), "snapshot")
        timestamp = Timestamp(
            version=version, expires=self._expiry("timestamp"),
            snapshot_meta=MetaFile(version=version),
        )  # fmt: skip
        self._write("timestamp.json", Metadata(timestamp), "timestamp")

    def _expiry(self, role: str) -> datetime.datetime:
        return self.now.replace(microsecond=0) + datetime.timedelta(days=LIFETIME[role])

    def _newest(self, role: str) -> int:
        """The latest version of a list; 0 before there is one."""
        found = (self.folder / "metadata").glob(f"*.{role}.json")
        return max((int(path.name.partition(".")[0]) for path in found), default=0)

    def _write(self, name: str, what: Metadata[T], role: str) -> None:
        what.sign(_signer(self.keys / f"{role}.pem"))
        place = self.folder / "metadata" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_suffix(".new")
        half.write_bytes(what.to_bytes(JSONSerializer(compact=True)))
        half.replace(place)


def _make_key(place: Path) -> SSlibKey:
    key = Ed25519PrivateKey.generate()
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return SSlibKey.from_crypto(key.public_key())


def _signer(place: Path) -> CryptoSigner:
    try:
        return CryptoSigner(load_pem_private_key(place.read_bytes(), None))
    except FileNotFoundError:
        raise Refused(f"The key {place} is not here.") from None


def main(words: Sequence[str]) -> int:
    """Carry out one verb; the exit code."""
    parser = argparse.ArgumentParser(
        prog="releases.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=("begin", "publish", "renew"))
    parser.add_argument("repository", type=Path, metavar="REPOSITORY")
    parser.add_argument("--keys", type=Path, required=True, metavar="DIR")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    chosen = parser.parse_intermixed_args(words)
    repository = Repository(chosen.repository, chosen.keys, datetime.datetime.now(datetime.UTC))
    try:
        if chosen.verb == "begin":
            folder = chosen.repository / "for-builds"
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(repository.begin(), folder / "root.json")
            sys.stdout.write(
                f"Write the repository's address into {folder / 'address.txt'}, and give builds"
                f" --updates {folder}\n"
            )
        elif chosen.verb == "publish":
            repository.publish(chosen.files)
        else:
            repository.renew()
    except (Refused, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
