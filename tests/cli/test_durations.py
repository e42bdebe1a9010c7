import argparse

import pytest

from closedmesh.cli.durations import duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30m", 1800), ("1h", 3600), ("1.5h", 5400), ("7d", 604_800), ("2W", 1_209_600), ("5 s", 5)],
)
def test_spans_are_read_as_people_type_them(text, seconds):
    assert duration(text) == seconds


@pytest.mark.parametrize("text", ["", "h", "1", "1y", "-1h", "0m", "1h30m", "∞d"])
def test_anything_else_is_wrong_usage(text):
    with pytest.raises(argparse.ArgumentTypeError, match="30m, 1h or 7d"):
        duration(text)
