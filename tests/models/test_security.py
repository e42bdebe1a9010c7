import msgspec
import pytest

from closedmesh.host.paths import resources
from closedmesh.models.security import parse

TEXT = (resources() / "security.toml").read_text("utf-8")


def test_it_says_both_what_is_and_what_is_not_protected():
    titles = [section.title.lower() for section in parse(TEXT)]

    assert any("enforced" in title for title in titles)
    assert any("not protected" in title for title in titles)


def test_nothing_is_promised_that_nobody_can_keep():
    for promise in ("guarantee", "private route", "unbreakable", "verified", "anonymous"):
        assert promise not in TEXT.lower()


def test_every_text_is_one_paragraph():
    for section in parse(TEXT):
        for statement in section.statement:
            assert statement.text.endswith(".")
            assert "\n" not in statement.text
            assert "  " not in statement.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[section]]\ntitle = 'a'\nstatement = []",
        "[[section]]\ntitle = 'a'\n[[section.statement]]\ntitle = ''\ntext = 'b'",
        "[[section]]\ntitle = 'a'\nmore = 1\n[[section.statement]]\ntitle = 'a'\ntext = 'b'",
    ],
)
def test_a_text_that_is_not_whole_is_refused(text):
    with pytest.raises(msgspec.ValidationError):
        parse(text)
