import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, structs

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.membership import Ownership
from closedmesh.mesh.signing import PrivateKey, Sealed, peek, seal, signed_bytes, unseal
from tests.support.mesh import MEMBER, MESH, OTHER


class Lookalike(Struct, frozen=True, array_like=True, tag="lookalike"):
    mesh: str
    node: str


class Untagged(Struct, frozen=True):
    text: str


STATEMENT = Ownership(MESH.mesh, MEMBER.node)
SEALED = seal(STATEMENT, OTHER)


def test_a_statement_is_signed_by_whoever_signed_it():
    assert SEALED.signer == OTHER.node
    assert unseal(SEALED, Ownership) == STATEMENT
    assert peek(SEALED, Ownership) == STATEMENT


def test_what_is_signed_begins_with_protocol_and_kind():
    assert signed_bytes(Ownership, b"body") == b"closedmesh/1\0ownership\0body"


def test_a_signature_holds_for_one_kind_of_statement_only():
    body = SEALED.body.replace(b"ownership", b"lookalike")
    moved = Sealed(body, SEALED.signer, SEALED.signature)

    with pytest.raises(NotAuthorised):
        unseal(moved, Lookalike)


def test_a_statement_without_a_tag_cannot_be_signed():
    with pytest.raises(TypeError):
        seal(Untagged("x"), MEMBER)


@given(st.integers(0, len(SEALED.body) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(position, change):
    body = bytearray(SEALED.body)
    body[position] ^= change

    with pytest.raises(NotAuthorised):
        unseal(structs.replace(SEALED, body=bytes(body)), Ownership)


@pytest.mark.parametrize("signer", [MEMBER.node, "00" * 32, "ff" * 32])
def test_another_signer_is_noticed(signer):
    with pytest.raises(NotAuthorised):
        unseal(structs.replace(SEALED, signer=signer), Ownership)


@given(st.binary(min_size=1, max_size=200))
def test_signed_nonsense_is_no_statement(body):
    signature = MEMBER.sign(signed_bytes(Ownership, body))

    with pytest.raises(NotAuthorised):
        unseal(Sealed(body, MEMBER.node, signature), Ownership)


def test_a_private_key_does_not_print_itself():
    secret = bytes(range(32))

    assert secret.hex() not in repr(PrivateKey(secret))
    assert repr(secret) not in repr(PrivateKey(secret))
    with pytest.raises(ValueError, match="32 bytes"):
        PrivateKey(b"short")


def test_the_name_of_a_statement_is_its_content():
    assert SEALED.digest == seal(STATEMENT, MEMBER).digest
    assert SEALED.digest != seal(Ownership(MESH.mesh, OTHER.node), MEMBER).digest
