import pytest

from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.addresses import Address
from closedmesh.node.listening import Listening
from closedmesh.node.transport import Listen, listen_at
from closedmesh.settings import MeshSettings
from tests.support.mesh import MESH

RELAY = "http://192.0.2.7:9338"
ENTRY = Address(MESH.entry.node, ("192.0.2.7:4433",), RELAY)


class Wish:
    def __init__(self, **settings):
        self.settings = MeshSettings(**settings)

    def __call__(self):
        return listen_at(self.settings)


def test_the_relays_of_entries_are_used_once_each():
    listening = Listening(Wish(port=4000))

    assert listening.begin([ENTRY, ENTRY]).relays == (RELAY,)
    assert listening.begin([]).addresses == ("0.0.0.0:4000", "[::]:4000")
    asking = listening.to_ask([ENTRY])
    assert (asking.addresses, asking.relays) == (("0.0.0.0:0", "[::]:0"), (RELAY,))
    assert listening.to_join([ENTRY]) == asking


def test_who_hides_its_address_does_so_but_for_joining():
    listening = Listening(Wish(relay_only=True))

    for listen in (listening.begin([ENTRY]), listening.to_ask([ENTRY])):
        assert listen.hidden
        assert all(at.startswith(("127.0.0.1:", "[::1]:")) for at in listen.addresses)
    assert listening.to_join([ENTRY]) == Listen(relays=(RELAY,))


def test_an_address_that_cannot_be_hidden_is_not_shown_instead():
    with pytest.raises(ClosedMeshError, match="has a relay"):
        Listening(Wish(relay_only=True)).begin([])


def test_a_change_is_noticed():
    wish = Wish()
    listening = Listening(wish)
    assert not listening.has_changed()
    listening.begin([])
    assert not listening.has_changed()
    wish.settings = MeshSettings(port=4000)
    assert listening.has_changed()
