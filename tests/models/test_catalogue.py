from pathlib import Path

import pytest

from closedmesh.models.catalogue import HuggingFace, hash_of_parts, parse
from closedmesh.models.hub import HubRef
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


def test_every_checked_model_pins_its_commit_and_states_its_hash():
    for known in parse(OURS).model:
        places = [source for source in known.source if isinstance(source, HuggingFace)]
        assert len(places) == 1
        assert HubRef(places[0].repo, places[0].file, places[0].revision).file
        if known.checked and known.name != STARTER_MODEL:
            assert known.sha256
            assert places[0].revision != "main", known.name


def test_it_goes_from_the_starter_to_the_largest():
    models = parse(OURS).model
    assert len(models) >= 25
    assert {known.tier for known in models} == {"daily_driver", "capacity", "experimental"}
    assert any(known.active for known in models)
    assert any(known.parameters > 70e9 for known in models)
    hashes = [known.sha256 for known in models if known.sha256]
    assert len(set(hashes)) == len(hashes)


PARTS = """
[[model]]
name = "m"
title = "M"
file = "m-00001-of-00002.gguf"
size_bytes = 3
sha256 = "{sha256}"
licence = "MIT"
quantisation = "Q4_0"
parameters = 10
context = 10
source = []
part = [{{size_bytes = 1, sha256 = "{a}"}}, {{size_bytes = 2, sha256 = "{b}"}}]
"""


def in_parts(sha256=None, size=3):
    a, b = "aa" * 32, "bb" * 32
    text = PARTS.format(sha256=sha256 or hash_of_parts((a, b)), a=a, b=b)
    return text.replace("size_bytes = 3", f"size_bytes = {size}")


def test_parts_give_one_identity():
    assert parse(in_parts()).model[0].part[1].size_bytes == 2
    assert hash_of_parts(("aa" * 32,)) == "aa" * 32
    with pytest.raises(ValueError, match="do not give its sha256"):
        parse(in_parts(sha256="cc" * 32))
    with pytest.raises(ValueError, match="do not add up"):
        parse(in_parts(size=4))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('draft = "nobody"', "draft"),
        ("active = 99", "active"),
        ('sha256 = ""', "cannot be checked"),
    ],
)
def test_facts_that_contradict_each_other_are_an_error(more, words):
    text = in_parts().split("part =")[0]
    if more.startswith("sha256"):
        text = text.replace(f'sha256 = "{parse(in_parts()).model[0].sha256}"', more)
    else:
        text += more
    with pytest.raises(ValueError, match=words):
        parse(text)
