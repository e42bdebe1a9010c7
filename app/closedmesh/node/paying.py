"""What this computer signs of the answers that it asked for, under the key of one day.

    with paying.begin(asked, vouchers=True) as payment:
        payment.started = message                # how much was read
        voucher = payment.came(3)                # to send, or `None` while none is due
        counted = payment.finished(message)      # to send, or `None` if there is nothing to sign

However the block ends, what was acknowledged is kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import structs

from closedmesh.mesh.membership import Endorsed
from closedmesh.mesh.messages import Finished, Started
from closedmesh.mesh.signing import PrivateKey, Sealed
from closedmesh.node.accounts import Accounts, Asked
from closedmesh.trust.book import Side
from closedmesh.trust.vouchers import is_due


class Payment:
    """Of one peer's part of an answer."""

    def __init__(
        self, key: PrivateKey, accounts: Accounts, asked: Asked, *, vouchers: bool
    ) -> None:
        self.started: Started | None = None
        """What the peer has said of the prompt."""
        self.head: Endorsed | None = None
        """Of the ledger, as the peer has it."""
        self._key = key
        self._accounts = accounts
        self._asked = asked
        self._vouchers = vouchers
        self._tokens = self._acknowledged = 0

    def came(self, count: int) -> Sealed | None:
        """Tokens have come; a voucher for all so far, if one is due."""
        self._tokens += count
        started = self.started
        if not self._vouchers or started is None:
            return None
        read = started.prompt_tokens, started.cached_tokens
        if not is_due(*read, self._tokens, self._acknowledged):
            return None
        self._acknowledged = self._tokens
        return self._accounts.acknowledge(self._key, self._asked, started, self._tokens)

    def finished(self, done: Finished) -> Sealed | None:
        """The answer is whole; the countersignature of its receipt. What is said of the prompt at
        the end must be what was said at the beginning."""
        self.head = done.head
        if self.started:
            done = structs.replace(
                done, prompt_tokens=self.started.prompt_tokens,
                cached_tokens=self.started.cached_tokens,
            )  # fmt: skip
        return self._accounts.received(self._key, self._asked, done)


class Paying:
    """Makes payments."""

    def __init__(
        self, key: PrivateKey, accounts: Accounts, seen: Callable[[Endorsed], None]
    ) -> None:
        """`seen` is told of every head of the ledger that a peer has."""
        self._key = key
        self._accounts = accounts
        self._seen = seen

    @contextmanager
    def begin(self, asked: Asked, *, vouchers: bool) -> Iterator[Payment]:
        """For one question to one peer; `vouchers` says that this peer expects them."""
        payment = Payment(self._key, self._accounts, asked, vouchers=vouchers)
        try:
            yield payment
        finally:
            self._accounts.broke_off(Side.ASKED, asked.part(self._key.node))
            if payment.head:
                self._seen(payment.head)
