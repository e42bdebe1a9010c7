import os
import sys
from pathlib import Path

import pytest

from closedmesh.errors import BadRequest, ClosedMeshError, ModelFileRefused, ModelNotFound
from closedmesh.models.catalogue import Catalogue, Known
from closedmesh.node import model_files
from closedmesh.node.library import Folders, Library
from closedmesh.status import ModelState
from tests.support.gguf import gguf


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "bundled").mkdir()
    return Folders(own=tmp_path / "own", bundled=tmp_path / "bundled")


@pytest.fixture
def library(store, folders):
    """A library that everybody vouches for; who may be used has tests of its own."""
    library = Library(store, Catalogue(), lambda: folders)
    library._vouched = lambda model, path, changed: model
    return library


@pytest.fixture
def strict(store, folders):
    return Library(store, Catalogue(), lambda: folders)


def names(library):
    return [model.name for model in library.models()]


async def test_a_file_is_known_by_name_hash_and_path(library, folders):
    path = folders.own / "Tiny Model.Q4.gguf"
    path.write_bytes(gguf())
    model = await library.find("tiny-model.q4")
    assert model.title == "Tiny"
    assert (model.quantisation, model.context_trained, model.parameters) == ("Q4_0", 2048, 192)
    assert model.state is ModelState.ON_DISK
    assert await library.find(model.sha256) == model
    assert await library.find(str(path)) == model


async def test_a_file_of_the_catalogue_has_its_name_there(store, folders):
    path = folders.own / "x.gguf"
    path.write_bytes(gguf())
    sha256 = (await _first(Library(store, Catalogue(), lambda: folders))).sha256
    known = Known("tiny", "Tiny One", "x.gguf", 1, sha256, "MIT", "Q4_0", 192, 2048, ())
    named = Library(store, Catalogue((known,)), lambda: folders)
    model = await named.find("tiny")
    assert (model.title, model.licence) == ("Tiny One", "MIT")


async def _first(library):
    await library.scan()
    return library.models()[0]


async def test_an_unknown_model_is_named_with_the_nearest_and_what_is_there(library, folders):
    (folders.own / "smollm.gguf").write_bytes(gguf())
    with pytest.raises(ModelNotFound) as caught:
        await library.find("smolm")
    assert "'smolm'" in caught.value.title
    assert "Did you mean smollm?" in caught.value.advice


async def test_without_any_model_the_advice_is_to_take_one_in(library):
    with pytest.raises(ModelNotFound, match="models import"):
        await library.find("anything")


async def test_a_file_put_there_later_is_found(library, folders):
    with pytest.raises(ModelNotFound):
        await library.find("late")
    (folders.own / "late.gguf").write_bytes(gguf())
    assert (await library.find("late")).name == "late"


async def test_a_file_elsewhere_is_used_where_it_lies(library, tmp_path):
    path = tmp_path / "elsewhere.gguf"
    path.write_bytes(gguf())
    assert (await library.find(str(path))).path == str(path)


async def test_a_file_that_is_gone_is_said_to_be_gone_at_once(library, folders):
    path = folders.own / "a.gguf"
    path.write_bytes(gguf())
    await library.find("a")
    path.unlink()
    (model,) = library.models()
    assert model.state is ModelState.MISSING
    with pytest.raises(ModelNotFound):
        await library.find("a")


async def test_a_changed_file_is_never_used_under_its_old_hash(library, folders):
    path = folders.own / "a.gguf"
    path.write_bytes(gguf(filling=b"1"))
    before = await library.find("a")
    path.write_bytes(gguf(filling=b"22"))
    os.utime(path, ns=(1, 1))
    (model,) = library.models()
    assert model.state is ModelState.MISSING
    after = await library.find("a")
    assert after.sha256 != before.sha256


async def test_a_hash_is_computed_once(library, folders, monkeypatch, store):
    (folders.own / "a.gguf").write_bytes(gguf())
    known = (await library.find("a")).sha256
    monkeypatch.setattr(model_files, "hash_of", lambda path: pytest.fail("read again"))
    again = Library(store, Catalogue(), lambda: folders)
    await again.scan()
    assert again.models()[0].sha256 == known


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"just some text", "not a GGUF file"),
        (gguf()[:-1], "should hold at least"),
        (gguf(tensor_count=2**60), "claims to have"),
        (b"", "should hold at least"),
    ],
    ids=["no GGUF", "cut off", "absurd", "empty"],
)
async def test_a_bad_file_is_shown_as_refused_and_others_work(library, folders, data, words):
    (folders.own / "bad.gguf").write_bytes(data)
    (folders.own / "good.gguf").write_bytes(gguf())
    await library.scan()
    bad, good = library.models()
    assert bad.state is ModelState.FAILED
    assert words in (bad.problem or "")
    assert good.state is ModelState.ON_DISK
    with pytest.raises(ModelFileRefused, match=words):
        await library.find("bad")


async def test_two_files_of_one_name_are_told_apart(library, folders):
    (folders.bundled / "a.gguf").write_bytes(gguf(filling=b"1"))
    (folders.own / "A.gguf").write_bytes(gguf(filling=b"2"))
    await library.scan()
    first, second = library.models()
    assert first.name == "a"
    assert second.name == f"a-{second.sha256[:8]}"


async def test_what_a_file_says_of_itself_is_shown_as_one_harmless_line(library, folders):
    name = "Evil\n\x1b[31m\u202eName" + "x" * 500
    (folders.own / "a.gguf").write_bytes(gguf(facts={"general.name": name}))
    model = await library.find("a")
    assert model.title.isprintable()
    assert len(model.title) <= 100


async def test_verify_finds_a_changed_byte_that_kept_size_and_time(library, folders):
    path = folders.own / "a.gguf"
    path.write_bytes(gguf(filling=b"1"))
    assert (await library.verify("a")).name == "a"
    found = path.stat()
    path.write_bytes(gguf(filling=b"2"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    with pytest.raises(ModelFileRefused, match="has changed"):
        await library.verify("a")


async def test_an_import_copies_the_file_and_leaves_the_source(library, folders, tmp_path):
    source = tmp_path / "My Model.gguf"
    source.write_bytes(gguf())
    model = await library.import_file(source)
    assert model.path == str(folders.own / "my-model.gguf")
    assert source.read_bytes() == (folders.own / "my-model.gguf").read_bytes()


async def test_an_import_of_what_is_there_adds_nothing(library, folders, tmp_path):
    source = tmp_path / "a.gguf"
    source.write_bytes(gguf())
    first = await library.import_file(source)
    source.rename(tmp_path / "b.gguf")
    assert await library.import_file(tmp_path / "b.gguf") == first
    assert len(list(folders.own.iterdir())) == 1


async def test_an_import_replaces_no_other_file(library, folders, tmp_path):
    (folders.own / "a.gguf").write_bytes(gguf(filling=b"1"))
    source = tmp_path / "a.gguf"
    source.write_bytes(gguf(filling=b"2"))
    model = await library.import_file(source)
    assert model.name == f"a-{model.sha256[:8]}"
    assert len(list(folders.own.iterdir())) == 2


@pytest.mark.parametrize("data", [b"text", gguf()[:-1]])
async def test_an_import_of_a_bad_file_leaves_nothing(library, folders, tmp_path, data):
    source = tmp_path / "bad.gguf"
    source.write_bytes(data)
    with pytest.raises(ModelFileRefused):
        await library.import_file(source)
    assert list(folders.own.iterdir()) == []


async def test_an_import_that_the_disk_has_no_room_for_is_refused_with_figures(
    library, folders, tmp_path, monkeypatch
):
    source = tmp_path / "a.gguf"
    source.write_bytes(gguf())
    monkeypatch.setattr(model_files, "disk_free", lambda path: 1_000_000)
    with pytest.raises(ClosedMeshError, match=r"0\.0 GB free"):
        await library.import_file(source)
    assert list(folders.own.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes in the file system")
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
async def test_what_is_no_file_is_refused_without_waiting(library, tmp_path, make):
    make(tmp_path / "odd.gguf")
    with pytest.raises(ModelFileRefused):
        await library.import_file(tmp_path / "odd.gguf")


async def test_a_source_that_is_not_there_is_an_error(library, tmp_path):
    with pytest.raises(ModelFileRefused, match="could not be copied"):
        await library.import_file(tmp_path / "nowhere.gguf")


async def test_only_files_of_the_model_folder_are_removed(library, folders):
    bundled = folders.bundled / "with.gguf"
    bundled.write_bytes(gguf())
    (folders.own / "mine.gguf").write_bytes(gguf(filling=b"1"))
    await library.scan()
    with pytest.raises(BadRequest, match="does not lie in the model folder"):
        await library.remove("with")
    await library.remove("mine")
    assert bundled.exists()
    assert names(library) == ["with"]


async def test_hidden_and_unfinished_files_are_not_models(library, folders):
    (folders.own / ".import-x.gguf").write_bytes(gguf())
    (folders.own / "notes.txt").write_text("x")
    await library.scan()
    assert library.models() == ()


async def test_a_file_that_nobody_vouches_for_is_held_back_with_the_reason(strict, folders):
    (folders.own / "a.gguf").write_bytes(gguf())
    await strict.scan()
    (model,) = strict.models()
    assert model.state is ModelState.HELD_BACK
    assert "Nobody vouches" in (model.problem or "")
    with pytest.raises(ModelFileRefused, match="Nobody vouches"):
        await strict.find("a")


async def test_what_a_person_trusts_is_used_from_then_on(strict, folders, store):
    (folders.own / "a.gguf").write_bytes(gguf())
    await strict.scan()
    assert (await strict.trust("a")).state is ModelState.ON_DISK
    again = Library(store, Catalogue(), lambda: folders)
    assert (await again.find("a")).state is ModelState.ON_DISK


async def test_a_trusted_file_that_was_changed_is_held_back_and_says_so(strict, folders):
    path = folders.own / "a.gguf"
    path.write_bytes(gguf(filling=b"1"))
    await strict.scan()
    await strict.trust("a")
    path.write_bytes(gguf(filling=b"2"))
    os.utime(path, ns=(1, 1))
    with pytest.raises(ModelFileRefused, match="changed it"):
        await strict.find("a")


async def test_an_import_vouches(strict, folders, tmp_path):
    source = tmp_path / "a.gguf"
    source.write_bytes(gguf())
    model = await strict.import_file(source)
    assert (await strict.find(model.name)).state is ModelState.ON_DISK


async def test_a_file_named_by_its_path_is_used_for_now(strict, tmp_path, store, folders):
    path = tmp_path / "elsewhere.gguf"
    path.write_bytes(gguf())
    assert (await strict.find(str(path))).state is ModelState.ON_DISK
    again = Library(store, Catalogue(), lambda: folders)
    await again.scan()
    assert again.models() == ()


async def test_a_file_can_be_used_where_it_lies_and_is_only_forgotten(
    strict, tmp_path, store, folders
):
    path = tmp_path / "sha256-abc"
    path.write_bytes(gguf())
    model = await strict.import_file(path, copy=False)
    assert model.path == str(path)
    assert not model.removable
    assert list(folders.own.iterdir()) == []
    again = Library(store, Catalogue(), lambda: folders)
    await again.scan()
    assert names(again) == [model.name]
    await again.remove(model.name)
    assert names(again) == []
    assert path.exists()


async def test_a_file_that_cannot_be_used_where_it_lies_is_refused(strict, tmp_path):
    (tmp_path / "bad.gguf").write_bytes(b"text")
    with pytest.raises(ModelFileRefused):
        await strict.import_file(tmp_path / "bad.gguf", copy=False)
    with pytest.raises(ModelFileRefused, match="cannot be read"):
        await strict.import_file(tmp_path / "nowhere.gguf", copy=False)


def in_parts(folder, filling=b"1"):
    """A model of two parts: the first has no weights."""
    first = {"split.no": 0, "split.count": 2}
    second = {"split.no": 1, "split.count": 2}
    (folder / "m-00001-of-00002.gguf").write_bytes(gguf(facts=first, tensors=[], data=0))
    (folder / "m-00002-of-00002.gguf").write_bytes(gguf(facts=second, filling=filling))


async def test_a_model_in_parts_is_one(library, folders):
    in_parts(folders.own)
    await library.scan()
    (model,) = library.models()
    assert (model.state, model.parts, model.parameters) == (ModelState.ON_DISK, 2, 192)
    assert model.size_bytes == sum(p.stat().st_size for p in folders.own.iterdir())
    assert (await library.verify(model.name)).sha256 == model.sha256
    await library.remove(model.name)
    assert list(folders.own.iterdir()) == []


async def test_a_model_in_parts_is_another_one_when_any_part_is(library, folders):
    in_parts(folders.own)
    await library.scan()
    before = library.models()[0].sha256
    in_parts(folders.own, filling=b"2")
    os.utime(folders.own / "m-00002-of-00002.gguf", ns=(1, 1))
    await library.scan()
    assert library.models()[0].sha256 != before


async def test_a_part_that_is_missing_is_named(library, folders):
    in_parts(folders.own)
    (folders.own / "m-00002-of-00002.gguf").unlink()
    await library.scan()
    (model,) = library.models()
    assert model.state is ModelState.FAILED
    assert "m-00002-of-00002.gguf is missing" in (model.problem or "")


async def test_parts_of_different_models_are_refused(library, folders):
    in_parts(folders.own)
    wrong = gguf(facts={"split.no": 0, "split.count": 2})
    (folders.own / "m-00002-of-00002.gguf").write_bytes(wrong)
    await library.scan()
    assert "is not part 2 of 2" in (library.models()[0].problem or "")


async def test_a_download_is_taken_in_without_reading_it_again(strict, folders, monkeypatch):
    path = folders.own / "a.gguf"
    path.write_bytes(gguf())
    sha256 = model_files.hash_of(path)
    monkeypatch.setattr(model_files, "hash_of", lambda path: pytest.fail("read again"))
    await strict.accept([(path, sha256)])
    assert strict.has(sha256)


async def test_the_cap_is_kept(store, folders, tmp_path):
    library = Library(store, Catalogue(), lambda: folders, lambda: 5000.0)
    source = tmp_path / "a.gguf"
    source.write_bytes(gguf())
    await library.import_file(source)
    with pytest.raises(ClosedMeshError, match="cap_gb"):
        library.check_cap(5000)
    library.check_cap(100)


async def test_the_folder_moves_with_all_that_is_in_it(strict, folders, tmp_path):
    source = tmp_path / "a.gguf"
    source.write_bytes(gguf())
    await strict.import_file(source)
    (folders.own / "b.gguf.part").write_bytes(b"half")
    new = tmp_path / "new" / "place"
    await strict.move(new)
    assert sorted(p.name for p in new.iterdir()) == ["a.gguf", "b.gguf.part"]
    assert list(folders.own.iterdir()) == []


async def test_a_move_replaces_nothing(strict, folders, tmp_path):
    (folders.own / "a.gguf").write_bytes(gguf())
    new = tmp_path / "new"
    new.mkdir()
    (new / "a.gguf").write_text("mine")
    with pytest.raises(BadRequest, match="already"):
        await strict.move(new)
    assert (new / "a.gguf").read_text() == "mine"
    assert (folders.own / "a.gguf").exists()
    with pytest.raises(BadRequest, match="no whole path"):
        await strict.move(Path("here"))
