from closedmesh.ui.activity_view import PageView
from closedmesh.ui.words_page import WordsPage


def test_it_shows_a_headline_and_its_sentences(qtbot):
    page = WordsPage("Mesh")
    qtbot.addWidget(page)
    page.display(PageView("Nobody is here", ("One.", "Two <b>.")))
    assert page.headline.text() == "Nobody is here"
    assert page.words.text() == "One.\n\nTwo <b>."
