from pathlib import Path

import pytest

from closedmesh.models.catalogue import parse
from closedmesh.settings import STARTER_MODEL

OURS = (Path(__file__).parents[2] / "resources" / "catalogue.toml").read_text("utf-8")


def test_ours_holds_the_starter_model():
    catalogue = parse(OURS)
    known = catalogue.by_name(STARTER_MODEL)
    assert known is not None
    assert known.size_bytes == 98_362_432
    assert (known.licence, known.quantisation) == ("Apache-2.0", "Q4_1")
    assert catalogue.by_hash(known.sha256) == known
    assert len(known.source) == 2


def test_what_is_not_known_is_none():
    catalogue = parse(OURS)
    assert catalogue.by_name("nothing") is None
    assert catalogue.by_hash("0" * 64) is None


def test_an_empty_catalogue_knows_nothing():
    assert parse("").model == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('file = "SmolLM2', 'file = "../SmolLM2'),
        ('sha256 = "b179', 'sha256 = "B179'),
        ("size_bytes = 98362432", "size_bytes = 0"),
        ("size_bytes = 98362432", 'size_bytes = "many"'),
        ('name = "smollm2', 'name = "Smol LM2'),
        ('kind = "pypi"', 'kind = "ftp"'),
        ("[[model]]", "[[model]]\nsurprise = 1"),
    ],
)
def test_what_makes_no_sense_is_an_error(old, new):
    assert old in OURS
    with pytest.raises(ValueError, match=r"."):
        parse(OURS.replace(old, new, 1))


def test_two_models_of_one_name_are_an_error():
    with pytest.raises(ValueError, match="same name"):
        parse(OURS + OURS)
