import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.settlement import VOUCHER_WORTH, worth
from closedmesh.mesh.signing import seal
from closedmesh.trust.receipts import Counted, Fault, countersign
from closedmesh.trust.vouchers import (
    PATIENCE,
    Part,
    Voucher,
    Word,
    check_voucher,
    is_due,
    is_overdue,
    is_voucher,
    part_of,
    read_word,
)
from tests.support.mesh import MESH
from tests.support.receipts import ASKER, MODEL, NOW, OWN, PEER, SEEN, served

MOST = Voucher(MESH.mesh, PEER.node, "request-0000", MODEL, 0, 120, 20, 50, NOW)
RECEIPT = seal(served(), PEER)


def test_a_voucher_for_less_than_was_sent_is_believed():
    said = structs.replace(MOST, completion_tokens=40, at=NOW - 9)
    assert check_voucher(seal(said, ASKER), ASKER.node, MOST) == said


@pytest.mark.parametrize(
    "change",
    [
        {"completion_tokens": 51}, {"prompt_tokens": 119}, {"cached_tokens": 21}, {"begun": 1},
        {"request": "request-0001"}, {"model": "c" * 64}, {"mesh": PEER.node}, {"peer": OWN.node},
    ],
    ids=str,
)  # fmt: skip
def test_a_voucher_for_anything_else_is_not(change):
    with pytest.raises(ValueError, match=r"acknowledged|another answer"):
        check_voucher(seal(structs.replace(MOST, **change), ASKER), ASKER.node, MOST)


def test_a_voucher_of_somebody_else_or_an_altered_one_is_not():
    with pytest.raises(ValueError, match="another answer"):
        check_voucher(seal(MOST, OWN), ASKER.node, MOST)
    with pytest.raises(NotAuthorised):
        check_voucher(structs.replace(seal(MOST, OWN), signer=ASKER.node), ASKER.node, MOST)


def test_a_countersignature_is_no_voucher_and_both_are_the_askers_word():
    counted = countersign(RECEIPT, SEEN, None, ASKER)
    voucher = seal(structs.replace(MOST, completion_tokens=40), ASKER)
    assert (is_voucher(voucher), is_voucher(counted)) == (True, False)
    assert read_word(counted, RECEIPT, served()) == Word(50)
    assert read_word(voucher, RECEIPT, served()) == Word(40, last=False)
    disputed = seal(Counted(RECEIPT.digest, 30, NOW, Fault.MISCOUNTED), ASKER)
    assert read_word(disputed, RECEIPT, served()) == Word(30, Fault.MISCOUNTED)
    with pytest.raises(ValueError, match="another answer"):
        read_word(voucher, RECEIPT, served(request="request-0001"))


def test_parts_of_one_answer_have_different_names():
    first, second = part_of(served()), part_of(served(begun=7))
    assert first == Part(PEER.node, ASKER.node, "request-0000", 0)
    assert first.name != second.name


@given(
    st.integers(0, 40_000), st.integers(0, 40_000), st.lists(st.integers(1, 300), max_size=40)
)  # fmt: skip
def test_never_more_is_open_than_one_voucher_and_what_is_on_its_way(prompt, cached, steps):
    cached = min(cached, prompt)
    tokens = acknowledged = vouchers = 0
    for step in steps:
        tokens += step
        if is_due(prompt, cached, tokens, acknowledged):
            acknowledged, vouchers = tokens, vouchers + 1
        assert not is_overdue(prompt, cached, tokens, acknowledged)
        before = worth(prompt, cached, acknowledged) if acknowledged else 0
        assert worth(prompt, cached, tokens) - before < VOUCHER_WORTH
    assert vouchers * VOUCHER_WORTH <= worth(prompt, cached, tokens)
    if tokens:
        assert is_overdue(prompt, cached, tokens + 256 + PATIENCE, acknowledged)


def test_no_prompt_is_paid_before_a_token_follows_it():
    assert not is_due(30_000, 0, 0, 0)
    assert is_due(30_000, 0, 1, 0)
    assert not is_due(30_000, 0, 200, 1)
