import json
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import bill_of_materials
from parts import Part

ROOT = Path(__file__).parent.parent.parent
FOUND = [Part("libx11-6", "2:1.8.4-2+deb12u2", "deb", ""),
         Part("numpy", "2.4", "pypi", "BSD-3-Clause"),
         Part("nvidia-ml-py", "13", "pypi", "BSD")]  # fmt: skip


def test_the_list_is_one_that_others_can_read():
    text = bill_of_materials.bill(FOUND, "1.2.3", "2026-11-25")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    made = json.loads(text)
    assert made["metadata"]["component"]["version"] == "1.2.3"
    addresses = {each["purl"] for each in made["components"]}
    assert "pkg:pypi/numpy@2.4" in addresses
    assert any(each.startswith("pkg:deb/debian/libx11-6@2:1.8.4") for each in addresses)


def test_the_same_parts_make_the_same_list():
    first, second = (bill_of_materials.bill(FOUND, "1", "2026-11-25") for _ in range(2))
    assert first == second
    assert first != bill_of_materials.bill(FOUND[:1], "1", "2026-11-25")


def test_two_texts_of_one_name_are_both_kept(tmp_path):
    texts = []
    for number in (1, 2):
        texts.append(tmp_path / str(number) / "LICENSE")
        texts[-1].parent.mkdir()
        texts[-1].write_text(str(number))
    bill_of_materials.keep_texts(Part("a", "1", "pypi", "", tuple(texts)), tmp_path / "licences")
    kept = {each.name: each.read_text() for each in (tmp_path / "licences" / "a").iterdir()}
    assert kept == {"LICENSE": "1", "LICENSE.2": "2"}


def test_files_of_this_project_are_not_somebody_elses():
    assert bill_of_materials.is_own(ROOT / "app" / "closedmesh" / "__main__.py")
    assert not bill_of_materials.is_own(ROOT / ".venv" / "lib" / "other.py")


def test_the_engine_and_the_model_are_parts_too(tmp_path):
    (tmp_path / "libllama.so").touch()
    model = tmp_path / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
    found = bill_of_materials.special(tmp_path, model)
    assert found[(tmp_path / "libllama.so").resolve()].name == "llama.cpp"
    assert found[model.resolve()].licence == "Apache-2.0"
