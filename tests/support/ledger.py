"""A settler with a real file and real receipts; who is who and what checks found is given."""

from msgspec import structs

from closedmesh.entry.authority import Authority
from closedmesh.entry.ledger_file import LedgerFile
from closedmesh.entry.settling import Settler
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.membership import day_of
from closedmesh.mesh.picture import Check
from closedmesh.mesh.settlement import Claim
from closedmesh.mesh.signing import peek, seal
from closedmesh.models.chat import CheckState
from closedmesh.trust.ledger import held
from closedmesh.trust.receipts import FIRST, Counted, Fault, Served, owed
from closedmesh.trust.vouchers import Voucher
from tests.support.clock import FakeClock
from tests.support.mesh import MESH, NOW, key
from tests.support.receipts import MODEL

ACTIVE = 7_000_000_000


class People:
    """Members with owners, as a settler asks for them. Everybody asks under a key of each day."""

    def __init__(self):
        self.owners = {}
        self.askers = {}
        self.chains = {}

    def add(self, name, owner=None):
        """A member with a peer of this name; what its peer signs with."""
        peer = key(name)
        self.owners[peer.node] = key(owner).node if owner else peer.node
        return peer

    def account_of(self, node):
        return self.owners.get(node)

    def nodes_of(self, account):
        return tuple(node for node, owner in self.owners.items() if owner == account)

    def asker_of(self, node):
        return self.askers.get(node)

    def asking(self, name, now):
        """The key under which somebody asks on a day."""
        day = day_of(now)
        asker = key(f"{name} asks on day {day}")
        self.askers[asker.node] = (self.owners[key(name).node], day)
        return asker

    def receipt(self, peer, asker, number, now, **changes):
        """What a peer signs of an answer of 100 tokens."""
        place, previous = self.chains.get((peer, asker), (0, FIRST))
        said = Served(
            MESH.mesh, key(peer).node, self.asking(asker, now).node, f"request-{number:08}",
            MODEL, 120, 20, 100, bytes(32), int(now) - 8, int(now), owed(ACTIVE, 120, 20, 100),
            place, previous,
        )  # fmt: skip
        said = structs.replace(said, **changes)
        sealed = seal(said, key(peer))
        self.chains[peer, asker] = (place + 1, sealed.digest)
        return sealed

    def claim(self, peer, asker, number, now, counted=None, **changes):
        """A receipt as both have signed it; `counted` tokens where the asker disagrees."""
        sealed = self.receipt(peer, asker, number, now, **changes)
        tokens = changes.get("completion_tokens", 100) if counted is None else counted
        fault = None if counted is None else Fault.MISCOUNTED
        said = Counted(sealed.digest, tokens, int(now), fault)
        return Claim(sealed, seal(said, self.asking(asker, now)))

    def voucher(self, receipt, asker, tokens, now, **changes):
        """The asker's voucher for an answer of which somebody has a receipt."""
        of = peek(receipt, Served)
        said = Voucher(
            of.mesh, of.peer, of.request, of.model, of.begun, of.prompt_tokens, of.cached_tokens,
            tokens, int(now),
        )  # fmt: skip
        return seal(structs.replace(said, **changes), self.asking(asker, now))


def node(name):
    return NodeId(key(name).node)


class Checks:
    """What checks have found of each peer: right, wrong or nothing yet."""

    def __init__(self):
        self.found = {}
        self.left_out = set()

    def models_of(self, peer):
        return (MODEL,) if peer in self.found else ()

    def check(self, peer, _model):
        return self.found.get(peer, Check())

    def convicted(self, peer, _model):
        return peer in self.left_out

    def right(self, name, times=10):
        self.found[node(name)] = Check(CheckState.MATCH, probes=times)

    def wrong(self, name):
        self.found[node(name)] = Check(CheckState.MISMATCH, probes=3)
        self.left_out.add(node(name))


class Known:
    """A catalogue in which every model has seven billion weights."""

    active = parameters = ACTIVE

    def by_hash(self, _model):
        return self


class Office:
    """A settler with everybody around it."""

    def __init__(self, path):
        self.clock = FakeClock(NOW)
        self.people = People()
        self.checks = Checks()
        self.ledger = LedgerFile.open(path)
        self.settler = Settler(
            self.ledger,
            Authority(MESH.mesh, MESH.name, MESH.entry, MESH.entry_credential),
            self.people, self.checks, Known(), self.clock,
        )  # fmt: skip
        self.number = 0

    def claim(self, peer, asker, **changes):
        self.number += 1
        return self.people.claim(peer, asker, self.number, self.clock.now(), **changes)

    def broken_off(self, peer, asker, tokens=60, **changes):
        """A claim for which there is no more than a voucher for some of its tokens."""
        whole = self.claim(peer, asker, **changes)
        voucher = self.people.voucher(whole.receipt, asker, tokens, self.clock.now())
        return structs.replace(whole, counted=voucher)

    def settle(self, name, *claims):
        return self.settler.settle(node(name), claims)

    def answer(self, peer, asker, **changes):
        """An answer and its settlement."""
        (refusal,) = self.settle(peer, self.claim(peer, asker, **changes))
        return refusal

    def has(self, name):
        return self.ledger.balance(node(name)), self.ledger.balance(held(node(name)))

    def zero(self):
        return sum(self.ledger.balances().values()) == 0
