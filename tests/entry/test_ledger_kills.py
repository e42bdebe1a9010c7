"""A settler that is killed between two statements loses nothing that it has acknowledged."""

import sys

import pytest

from tests.benchmarks.ledger import kills


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_killed_settler_goes_on_where_it_was(tmp_path, capsys):
    kills(12, tmp_path)
    assert "none of those lost" in capsys.readouterr().out
