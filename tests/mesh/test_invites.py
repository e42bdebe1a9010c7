import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.errors import InviteRefused
from closedmesh.mesh import invites
from closedmesh.mesh.invites import SCHEME, invite_id, read, secret_hash, write
from closedmesh.mesh.membership import Scope
from tests.support.mesh import MEMBER, MESH, NOW, OWNER

INVITE = MESH.invite()
LINK = write(INVITE, MESH.entry)
TOKEN = LINK.removeprefix(SCHEME)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
VECTORS = Path(__file__).parents[1] / "vectors" / "invites.json"


@pytest.mark.parametrize(
    "text",
    [
        LINK,
        TOKEN,
        f"  {LINK}\n",
        LINK.replace("closedmesh://join", "ClosedMesh://JOIN"),
        f"<{LINK}>",
        f'"{LINK}"',
        f"{LINK}/",
        f"\n> {TOKEN}".replace("> ", ""),
        "\r\n".join(re.findall(".{1,60}", LINK)),
        " ".join(re.findall(".{1,7}", TOKEN)),
        f"\ufeff{TOKEN}\u200b",
    ],
)
def test_an_invite_is_read_however_it_was_copied(text):
    assert read(text, NOW) == INVITE


@pytest.mark.parametrize("length", range(len(TOKEN) // 2, len(TOKEN)))
def test_a_token_that_was_cut_short_is_told_so(length):
    with pytest.raises(InviteRefused, match="cut short"):
        read(TOKEN[:length], NOW)


@given(st.integers(6, len(TOKEN) - 2), st.sampled_from(ALPHABET))
def test_a_wrong_character_is_told_from_a_forgery(position, character):
    text = TOKEN[:position] + character + TOKEN[position + 1 :]
    if text != TOKEN:
        with pytest.raises(InviteRefused, match=r"wrong or an additional|cut short"):
            read(text, NOW)


def test_an_additional_character_is_told():
    with pytest.raises(InviteRefused, match="additional character"):
        read(f"{TOKEN}AAAA", NOW)
    with pytest.raises(InviteRefused, match="do not belong"):
        read(f"{TOKEN[:50]}*{TOKEN[50:]}", NOW)


def test_a_forged_invite_is_told():
    changed = structs.replace(INVITE, mesh_name="another")
    forged = invites.seal(changed, MESH.entry)
    forged = structs.replace(forged, signature=invites.seal(INVITE, MESH.entry).signature)

    with pytest.raises(InviteRefused, match="not written by the mesh it names"):
        read(_token_of(forged), NOW)


def test_an_invite_that_somebody_else_wrote_is_told():
    with pytest.raises(InviteRefused, match="not written by the mesh it names"):
        read(write(INVITE, MEMBER), NOW)


def test_the_mesh_itself_may_write_invites():
    assert read(write(INVITE, MESH.key), NOW) == INVITE


def test_an_expired_invite_is_told():
    assert read(LINK, INVITE.expires - 1) == INVITE
    with pytest.raises(InviteRefused, match="to example has expired"):
        read(LINK, INVITE.expires)


def test_an_invite_of_a_newer_program_is_told():
    with pytest.raises(InviteRefused, match="newer version"):
        read(LINK.replace("cm1", "cm2"), NOW)


@pytest.mark.parametrize("text", ["", "hello", "https://example.org/join/cm1", "closedmesh://join"])
def test_what_is_no_invite_is_told_how_one_looks(text):
    with pytest.raises(InviteRefused, match="not an invite") as refused:
        read(text, NOW)
    assert SCHEME in refused.value.advice


def test_an_invite_makes_one_entry_at_most():
    with pytest.raises(ValueError, match="entry"):
        structs.replace(INVITE, scope=Scope.ENTRY)


@given(st.text() | st.text(ALPHABET).map(lambda t: f"cm1{t}") | st.just("cm1" + "A" * 10_000))
def test_any_text_is_an_invite_or_refused(text):
    with pytest.raises(InviteRefused):
        read(text, NOW)


@given(st.binary(max_size=300))
def test_any_bytes_with_the_right_check_are_an_invite_or_refused(body):
    with pytest.raises(InviteRefused):
        read(_token(body), NOW)


def test_the_longest_invite_fits():
    entries = tuple(
        structs.replace(
            MESH.address,
            direct=("[2001:db8:1111:2222:3333:4444:5555:6666]:65535",) * 16,
            relay="https://" + "r" * 192,
        )
        for _ in range(invites.MAX_ENTRIES)
    )
    longest = structs.replace(INVITE, entries=entries, mesh_name="\U0001f600" * 64)

    assert len(write(longest, MESH.entry)) > invites.MAX_TOKEN // 2
    assert read(write(longest, MESH.entry), NOW) == longest


def test_neither_name_nor_hash_tell_the_secret():
    assert invite_id(INVITE.secret) == INVITE.id
    assert len({INVITE.id, secret_hash(INVITE.secret)[:12], INVITE.secret.hex()[:12]}) == 3


def test_invites_of_every_release_are_read():
    for link in msgspec.json.decode(VECTORS.read_bytes()):
        assert read(link, NOW) == INVITE


def test_an_invite_is_written_as_in_the_last_release():
    assert msgspec.json.decode(VECTORS.read_bytes())[-1] == LINK


OWN = structs.replace(INVITE, uses=1, owner=OWNER.node)


def test_an_owner_writes_an_invite_for_a_computer_of_theirs():
    invite, sealed = invites.read_sealed(write(OWN, OWNER), NOW)
    assert (invite, sealed.signer) == (OWN, OWNER.node)


@pytest.mark.parametrize("writer", [MEMBER, MESH.entry, MESH.key])
def test_nobody_else_writes_in_an_owners_name(writer):
    with pytest.raises(InviteRefused, match="not written by the mesh it names"):
        read(write(OWN, writer), NOW)


@pytest.mark.parametrize("changes", [{"uses": 2}, {"scope": Scope.ENTRY}])
def test_an_owner_invites_one_computer_and_no_entry(changes):
    with pytest.raises(ValueError, match="one computer"):
        structs.replace(OWN, **changes)


def _token_of(sealed):
    return _token(msgspec.msgpack.encode(sealed))


def _token(body):
    data = len(body).to_bytes(2, "big") + body
    data += invites._check(data)
    return "cm1" + invites.base64.urlsafe_b64encode(data).rstrip(b"=").decode()
