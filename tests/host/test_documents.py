import sys

import pytest

from closedmesh.assembly import read_document
from closedmesh.errors import ClosedMeshError
from closedmesh.host import documents
from tests.host.test_pdf_text import locked, pdf


@pytest.fixture
def file(tmp_path):
    def write(data, name="notes.md"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    "data",
    [
        "Grüße\nzwei\n".encode(),
        "\ufeffGrüße\r\nzwei\r\n".encode(),
        "Grüße\nzwei\n".encode("utf-16"),
        "Grüße\nzwei\n".encode("cp1252"),
    ],
)
def test_text_is_read_however_it_was_written(file, data):
    found = read_document(file(data))
    assert (found.name, found.text) == ("notes.md", "Grüße\nzwei\n")


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "holds no text"),
        (b" \n", "is empty"),
        (b"x" * (documents.MAX_TEXT_FILE + 1), "has 2 MB; at most 2 MB are taken"),
        (b"%PDF-1.7 and then nothing of a PDF", "is damaged"),
        (pdf(""), "holds pictures of text"),
        (locked(), "is locked with a password"),
    ],
)
def test_what_cannot_be_read_says_why(file, data, title):
    with pytest.raises(ClosedMeshError, match=title):
        read_document(file(data))


def test_a_folder_and_a_file_that_is_gone_are_no_files(tmp_path):
    for path in (tmp_path, tmp_path / "gone.txt"):
        with pytest.raises(ClosedMeshError, match="is no file"):
            read_document(path)


def test_the_text_of_a_pdf_is_read_in_a_process_of_its_own(file):
    found = read_document(file(pdf("Hello from a page"), "paper.pdf"))
    assert (found.text, found.note) == ("Hello from a page", "")


def test_a_pdf_that_takes_for_ever_is_given_up(file, monkeypatch):
    monkeypatch.setattr(documents, "PDF_SECONDS", 0.2)
    endless = (sys.executable, "-c", "import sys, threading; threading.Event().wait()")
    with pytest.raises(ClosedMeshError, match="within 0 seconds"):
        documents.read(file(pdf("x")), endless)


def test_a_small_pdf_that_unpacks_to_a_large_one_is_refused(file):
    bomb = pdf("x", fill=lambda content: content + b" " * 100_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(ClosedMeshError, match="is damaged"):
        read_document(file(bomb))
