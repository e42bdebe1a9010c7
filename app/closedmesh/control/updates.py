"""Commands about new versions of the program."""

from closedmesh.control.command import Command
from closedmesh.models.releases import Update


class LookForUpdate(Command[Update], frozen=True, tag="look-for-update"):
    """Ask now whether there is a newer version, whatever the settings say."""


class FetchUpdate(Command[None], frozen=True, tag="fetch-update"):
    """Begin to bring the version here that was found; `Status.update` tells how it goes on."""


UpdateCommand = LookForUpdate | FetchUpdate

UPDATE_COMMANDS: tuple[type[UpdateCommand], ...] = (LookForUpdate, FetchUpdate)
