import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from closedmesh.trust import table
from closedmesh.trust.book import Line, Side, State


def line(name: str) -> Line:
    return Line(1, 2, Side.SERVED, State.AGREED, None, "peer", "asker", "model", name, "request")


def test_every_field_has_a_column():
    assert table.header() == ",".join(Line.__struct_fields__) + "\n"


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_a_model_is_called_the_table_can_be_read_and_holds_no_formula(name):
    text = table.header() + table.rows([line(name), line("plain")])
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    shown = name.replace("\r", " ")
    assert first["name"] in (shown, f"'{shown}")
    assert not first["name"].startswith(table.FORMULA)
    assert (second["name"], second["side"], second["fault"]) == ("plain", "served", "")
