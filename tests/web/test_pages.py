from html.parser import HTMLParser

import pytest
from msgspec import structs

from closedmesh.host.paths import resources
from closedmesh.models import security
from closedmesh.settings import PublicSettings
from closedmesh.web.pages import Writer
from closedmesh.web.public import public_status
from tests.support.control import STATUS
from tests.web.test_public import ENTRY

SHOWN = public_status(ENTRY)
CLOSED = PublicSettings()
WRITER = Writer(resources())
HOSTILE = "<script>alert(1)</script>\"' onload=x \u202egnp.exe\u200b"


class Found(HTMLParser):
    """What a browser would find: elements, texts, and what is fetched or done."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text, self.open = [], [], "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in {"meta", "link", "img", "meter"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "meter":
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def status_page(shown=SHOWN, public=CLOSED):
    return WRITER.status(shown, public, 0.0)


PAGES = {
    "status": status_page(),
    "a mesh of nobody": status_page(public_status(STATUS)),
    "open to all": status_page(public=PublicSettings(enabled=True)),
    "security": WRITER.security(),
    "contribute": WRITER.contribute(SHOWN),
    "contribute to nobody": WRITER.contribute(public_status(STATUS)),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_whole_and_holds_to_its_policy(page):
    found = Found(page)

    assert found.open == []
    assert {"html", "main", "nav", "header", "footer", "h1", "title"} <= set(found.tags)
    assert found.tags.count("h1") == 1
    assert "style" not in found.tags
    for tag, name, value in found.attributes:
        assert name != "style"
        assert not name.startswith("on")
        if name in {"src", "href"}:
            assert value.startswith(("/", "#"))
            assert not value.startswith("//")
        if tag == "html":
            assert (name, value) == ("lang", "en")
    assert found.tags.count("script") == (1 if "/static/status.js" in page else 0)


def test_names_that_peers_gave_are_only_text():
    peer = SHOWN.peers[1]
    offers = tuple(
        structs.replace(offer, name=HOSTILE, quantisation=HOSTILE) for offer in peer.models
    )
    shown = structs.replace(
        SHOWN,
        mesh=structs.replace(SHOWN.mesh, name=HOSTILE),
        models=tuple(structs.replace(model, name=HOSTILE) for model in SHOWN.models),
        peers=(structs.replace(peer, models=offers, version=HOSTILE, backend=HOSTILE),),
    )
    for page in (status_page(shown), WRITER.contribute(shown)):
        found = Found(page)
        assert found.tags.count("script") == (1 if "/static/status.js" in page else 0)
        assert not [name for _, name, _ in found.attributes if name.startswith("on")]
        assert "<script>alert(1)</script>" in found.text  # as people read it
        assert "\u202e" not in page
        assert "\u200b" not in page


def test_the_page_of_security_says_what_the_window_says():
    text = Found(WRITER.security()).text

    for section in security.parse((resources() / "security.toml").read_text("utf-8")):
        assert section.title in text
        assert all(statement.text in text for statement in section.statement)


def test_that_anybody_may_ask_is_said_only_where_it_is_so_and_with_what_it_means():
    assert "Ask without joining" not in status_page()

    text = Found(status_page(public=PublicSettings(enabled=True, per_minute=7))).text
    assert "can both read what you ask" in text
    assert "7 questions a minute" in text


def test_contributors_are_told_what_is_rare():
    text = Found(WRITER.contribute(SHOWN)).text

    assert text.index("large") < text.index("small")


def test_the_files_that_pages_load_are_there():
    assert set(WRITER.files) == {"style.css", "status.js", "closedmesh.svg"}
    for page in PAGES.values():
        for _, name, value in Found(page).attributes:
            if name in {"src", "href"} and value.startswith("/static/"):
                assert value.removeprefix("/static/") in WRITER.files
