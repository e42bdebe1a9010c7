import pytest

from closedmesh.mesh.ids import SHORT_LENGTH, NodeId, node_id_from_bytes, parse_node_id, short

ID = NodeId("0f" * 32)


def test_an_id_is_read_forgivingly():
    assert parse_node_id(f"  {ID.upper()}\n") == ID


@pytest.mark.parametrize("text", ["", "0f" * 31, "0g" * 32, "0f" * 33, f"{ID}\n0"])
def test_what_is_no_id_is_refused(text):
    with pytest.raises(ValueError, match="64 hexadecimal"):
        parse_node_id(text)


def test_an_id_is_a_public_key():
    assert node_id_from_bytes(bytes.fromhex(ID)) == ID
    with pytest.raises(ValueError, match="32 bytes"):
        node_id_from_bytes(b"short")


def test_a_short_id_is_the_beginning():
    assert short(ID) == ID[:SHORT_LENGTH]
