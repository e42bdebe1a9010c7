import pytest

from closedmesh import errors
from closedmesh.errors import BadRequest, ClosedMeshError, EngineDied, rebuild

FAMILY = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, ClosedMeshError)
]


@pytest.mark.parametrize("kind", FAMILY)
def test_an_error_is_the_same_on_the_other_side(kind):
    again = rebuild(kind.code, "It happened.", "Do this.")
    assert type(again) is kind
    assert (again.title, again.advice) == ("It happened.", "Do this.")
    assert str(again) == "It happened. Do this."


def test_codes_are_unique():
    assert len({kind.code for kind in FAMILY}) == len(FAMILY)


def test_a_code_of_a_newer_program_is_understood_as_well_as_can_be():
    error = rebuild("from-the-future", "t", "a")
    assert type(error) is ClosedMeshError


def test_an_error_without_advice_is_one_sentence():
    assert str(EngineDied("It died.", "")) == "It died."


def test_a_bad_request_names_the_part_that_is_wrong():
    assert BadRequest("t", "a", param="seed").param == "seed"
