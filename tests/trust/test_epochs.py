import pytest

from closedmesh.trust.epochs import (
    EPOCH_SECONDS,
    WrongReveal,
    check_reveal,
    commitment,
    epoch_of,
    opening_draw,
    probe_draw,
)

SECRET = bytes(range(32))
VERIFIER = b"v" * 32


def test_the_promised_secret_is_recognised():
    check_reveal(commitment(SECRET, 7, VERIFIER), SECRET, 7, VERIFIER)


@pytest.mark.parametrize(
    ("secret", "epoch", "verifier"),
    [(bytes(32), 7, VERIFIER), (SECRET, 8, VERIFIER), (SECRET, 7, b"w" * 32)],
)
def test_any_other_secret_epoch_or_verifier_is_not(secret, epoch, verifier):
    with pytest.raises(WrongReveal):
        check_reveal(commitment(SECRET, 7, VERIFIER), secret, epoch, verifier)


def test_a_commitment_has_not_changed():
    assert commitment(SECRET, 7, VERIFIER).hex() == (
        "326a174654cbefc93fc569c803490288848f00a5eb2890cf244f2fd06fe93f97"
    )


def test_an_epoch_is_a_day():
    assert epoch_of(EPOCH_SECONDS * 3 - 1) == 2
    assert epoch_of(EPOCH_SECONDS * 3) == 3


def test_each_check_is_drawn_for_itself():
    def first(*arguments):
        return probe_draw(*arguments).below(2**60)

    drawn = {
        first(SECRET, "peer", "model", 0),
        first(SECRET, "peer", "model", 1),
        first(SECRET, "peer", "other", 0),
        first(SECRET, "another", "model", 0),
        first(bytes(32), "peer", "model", 0),
    }
    assert len(drawn) == 5


def test_positions_depend_on_what_was_committed_to():
    assert opening_draw(SECRET, b"a" * 32).sample(500, 48) != opening_draw(
        SECRET, b"b" * 32
    ).sample(500, 48)
