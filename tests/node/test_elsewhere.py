import json

from closedmesh.node.elsewhere import OLLAMA_MODEL, look


def put(path, data=b"x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found(home, **environment):
    return [(one.program, one.title) for one in look(home, environment)]


def manifest(home, name, digest, media=OLLAMA_MODEL):
    layers = [{"mediaType": "other"}, {"mediaType": media, "digest": digest}]
    put(home / ".ollama/models/manifests/registry" / name, json.dumps({"layers": layers}).encode())


def test_the_models_of_three_programs_are_found(tmp_path):
    put(tmp_path / ".lmstudio/models/me/m/a.gguf")
    put(tmp_path / ".cache/huggingface/hub/models--me--m/snapshots/1/b.gguf")
    put(tmp_path / ".ollama/models/blobs/sha256-ab")
    manifest(tmp_path, "llama3/8b", "sha256:ab")
    assert found(tmp_path) == [
        ("Hugging Face", "b"),
        ("LM Studio", "a"),
        ("Ollama", "llama3:8b"),
    ]


def test_other_places_are_looked_at_where_the_environment_says(tmp_path):
    put(tmp_path / "hf/hub/models--a/snapshots/1/c.gguf")
    assert found(tmp_path, HF_HOME=str(tmp_path / "hf")) == [("Hugging Face", "c")]


def test_parts_and_projectors_are_not_models_of_their_own(tmp_path):
    folder = tmp_path / ".lmstudio/models"
    for name in ("m-00001-of-00002.gguf", "m-00002-of-00002.gguf", "mmproj-F16.gguf", "x.txt"):
        put(folder / name)
    assert found(tmp_path) == [("LM Studio", "m-00001-of-00002")]


def test_what_a_foreign_program_wrote_may_be_anything(tmp_path):
    folder = tmp_path / ".ollama/models/manifests"
    put(folder / "a/b", b"no json")
    put(folder / "a/c", b"[]")
    put(folder / "a/d", b'{"layers": 5}')
    put(folder / "a/e", b"x" * 300_000)
    manifest(tmp_path, "a/f", "sha256:../../../etc/passwd")
    manifest(tmp_path, "a/g", "md5:ab")
    manifest(tmp_path, "a/h", "sha256:gone")
    assert found(tmp_path) == []
