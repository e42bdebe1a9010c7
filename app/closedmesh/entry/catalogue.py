"""The directory as an entry keeps it for its mesh: takes announcements, tells what changed.

It holds members only, each of which speaks for itself, and a bounded number of them.
"""

import secrets

from closedmesh.mesh.announcements import Announcement
from closedmesh.mesh.directory import EPOCH_BYTES, Directory
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import MeshId, NodeId
from closedmesh.mesh.membership import Certificate
from closedmesh.mesh.messages import Announce, Delta, Find, Listed, Pull
from closedmesh.mesh.signing import peek
from closedmesh.node.clock import Clock

FORGET_EVERY = 60.0
"""Seconds between two looks for what has expired."""


class Catalogue:
    """The directory of one entry. Every method that answers a peer raises `NotAuthorised`."""

    def __init__(self, mesh: MeshId, clock: Clock) -> None:
        self.directory = Directory(mesh, secrets.token_bytes(EPOCH_BYTES))
        self._clock = clock

    def announce(self, member: Certificate, announce: Announce) -> Listed:
        """List a member that shares."""
        sealed = announce.announcement
        if sealed.signer != member.node:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "A peer can only speak for itself.")
        if peek(sealed, Announcement).certificate != member.serial:
            raise NotAuthorised(
                RefusalCode.NOT_A_MEMBER, "The announcement names another certificate."
            )
        self.directory.merge(sealed, self._clock.now())
        return self.listed(member)

    def listed(self, member: Certificate) -> Listed:
        """What others are told of a member."""
        said = self.directory.get(member.node, self._clock.now())
        return Listed(said.sequence if said is not None else None)

    def changes(self, asker: NodeId | None, pull: Pull) -> list[Delta]:
        """What is new to a peer that pulls; to another entry, which is `None`, all of it."""
        pages = self.directory.pages(pull.cursor, pull.buckets, self._clock.now(), asker)
        return [Delta(page.announcements, page.cursor, page.complete) for page in pages]

    def find(self, find: Find) -> Delta:
        """Some who offer a model."""
        page = self.directory.find(find.model, self._clock.now())
        return Delta(page.announcements, page.cursor, page.complete)

    async def run(self) -> None:
        """Forget what has expired, until cancelled."""
        while True:
            await self._clock.sleep(FORGET_EVERY)
            self.directory.forget(self._clock.now())
