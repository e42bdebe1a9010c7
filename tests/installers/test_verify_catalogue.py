import tomllib

import pytest

import verify_catalogue
from verify_catalogue import CATALOGUE, expected, verify

SHA = "ab" * 32
MODEL = {
    "name": "m",
    "size_bytes": 10,
    "sha256": SHA,
    "source": [
        {"kind": "pypi"},
        {"kind": "huggingface", "repo": "a/b", "file": "m.gguf", "revision": "0" * 40},
    ],
}


def hub(*files, error=None):
    def ask(path):
        assert path.startswith("models/a/b/revision/")
        if error:
            raise error
        siblings = [{"rfilename": f, "lfs": {"size": s, "sha256": h}} for f, s, h in files]
        return {"sha": "1" * 40, "siblings": [{"rfilename": "README.md"}, *siblings]}

    return ask


def test_a_model_that_is_as_the_hub_says_is_right():
    assert verify(MODEL, hub(("m.gguf", 10, SHA))) == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((), "is not in a/b"),
        ((("m.gguf", 11, SHA),), "has 11 bytes, not 10"),
        ((("m.gguf", 10, "cd" * 32),), "has the SHA-256 cdcd"),
    ],
)
def test_what_differs_is_said(files, words):
    (wrong,) = verify(MODEL, hub(*files))
    assert words in wrong


def test_a_hub_that_does_not_tell_is_said():
    (wrong,) = verify(MODEL, hub(error=OSError("no network")))
    assert "no network" in wrong


def test_a_commit_that_is_not_pinned_is_shown():
    place = {"kind": "huggingface", "repo": "a/b", "file": "m.gguf"}
    (wrong,) = verify(MODEL | {"source": [place]}, hub(("m.gguf", 10, SHA)))
    assert "1111" in wrong


def test_what_turned_out_right_may_be_marked_so():
    (wrong,) = verify(MODEL | {"checked": False}, hub(("m.gguf", 10, SHA)))
    assert "can go" in wrong


def test_parts_are_looked_for_by_their_names():
    part = {"size_bytes": 5, "sha256": SHA}
    assert expected(MODEL | {"part": [part, part]}, "q/m-00001-of-00002.gguf") == [
        ("q/m-00001-of-00002.gguf", 5, SHA),
        ("q/m-00002-of-00002.gguf", 5, SHA),
    ]


def test_every_model_of_the_catalogue_has_a_place_on_the_hub():
    for model in tomllib.loads(CATALOGUE.read_text("utf-8"))["model"]:
        assert verify(model, lambda path: {"siblings": []}) != ["has no place on the hub"]
    assert verify_catalogue.HUB.startswith("https://")
