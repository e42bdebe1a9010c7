from pathlib import Path

from closedmesh.node.model_notes import ModelNotes
from closedmesh.node.store import Store


def test_what_is_noted_is_known_after_a_start(store):
    notes = ModelNotes(store)
    notes.trust("ab")
    notes.trust("cd")
    notes.trust("ab")
    notes.refer(Path("/a.gguf"))
    notes.refer(Path("/a.gguf"))
    notes.use("ab", 5.0)
    notes.keep_memory_speed(2e10)
    again = ModelNotes(store)
    assert again.trusted == {"ab", "cd"}
    assert again.referenced == (Path("/a.gguf"),)
    assert (again.last_used("ab"), again.last_used("cd")) == (5.0, 0.0)
    assert again.memory_speed == 2e10


def test_a_file_that_is_no_longer_used_is_forgotten(store):
    notes = ModelNotes(store)
    notes.refer(Path("/a.gguf"))
    notes.forget(Path("/a.gguf"))
    notes.forget(Path("/b.gguf"))
    assert ModelNotes(store).referenced == ()


def test_two_peers_in_one_process_share_nothing(store, tmp_path):
    ModelNotes(store).trust("ab")
    other = Store.open(tmp_path / "other.db")
    assert ModelNotes(other).trusted == frozenset()
    other.close()
