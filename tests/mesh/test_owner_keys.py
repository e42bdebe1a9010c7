import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.errors import BadRequest
from closedmesh.mesh import owner_keys

SECRET = bytes(range(32))
WRITTEN = owner_keys.write(SECRET)


@pytest.mark.parametrize(
    "text",
    [WRITTEN, WRITTEN.upper(), WRITTEN.replace("-", " "), f" {WRITTEN[8:40]}\n{WRITTEN[40:]}"],
)
def test_what_was_written_is_read_forgivingly(text):
    assert owner_keys.read(text) == SECRET


@pytest.mark.parametrize("text", ["", "cmowner-", WRITTEN[:-1], WRITTEN[:-1] + "x", WRITTEN + "0"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(BadRequest):
        owner_keys.read(text)


@given(st.integers(0, 63))
def test_a_wrong_digit_is_found(place):
    digits = list(WRITTEN[8:])
    digits[place] = "0" if digits[place] != "0" else "1"
    with pytest.raises(BadRequest, match="wrong"):
        owner_keys.read("".join(digits))
