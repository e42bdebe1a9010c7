import io
import zlib

import pytest
from pypdf import PdfWriter

from closedmesh.host import pdf_text


def pdf(*pages, fill=lambda content: content):
    """A file whose pages hold a line each."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    made = [one.encode() for one in objects]
    for number, text in enumerate(pages):
        made.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        stream = zlib.compress(fill(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode()))
        head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        made.append(head + stream + b"\nendstream")
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(made, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(made) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (len(made) + 1, start)
    )
    return out.getvalue()


def locked():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_text_of_every_page_is_read():
    assert pdf_text.extract(pdf("First page", "Second page")) == (2, "First page\n\nSecond page")


def test_only_so_many_pages_are_read(monkeypatch):
    monkeypatch.setattr(pdf_text, "MAX_PAGES", 2)
    assert pdf_text.extract(pdf("a", "b", "c")) == (3, "a\n\nb")


def test_only_so_much_text_is_taken(monkeypatch):
    monkeypatch.setattr(pdf_text, "MAX_TEXT", 7)
    pages, text = pdf_text.extract(pdf("First page", "Second page"))
    assert (pages, text) == (2, "First p")


def test_a_locked_file_says_so():
    with pytest.raises(PermissionError):
        pdf_text.extract(locked())
