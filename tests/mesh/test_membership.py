from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from closedmesh.mesh import membership
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.membership import (
    CLOCK_SKEW,
    DAY,
    MEMBER_LIFETIME,
    Endorsed,
    RevocationList,
    Revocations,
    Revoked,
    Scope,
    add_list,
    asking_certificate,
    authorise,
    day_of,
    issue,
    needs_renewal,
)
from closedmesh.mesh.signing import seal
from tests.support.mesh import ASKING, MEMBER, MESH, NOW, OTHER, ExampleMesh, key, serial

FOREIGN = ExampleMesh("foreign")
NONE = Revocations()
VECTORS = Path(__file__).parents[1] / "vectors" / "credentials.json"


def check(credential, *, node=MEMBER.node, wanted=Scope.SHARE, revocations=NONE, now=NOW):
    return authorise(
        credential,
        mesh=MESH.mesh,
        node=node,
        wanted=wanted,
        revocations=revocations,
        now=now,
    )


def refusal(credential, **changes):
    with pytest.raises(NotAuthorised) as refused:
        check(credential, **changes)
    return refused.value.code


def test_a_member_may_do_what_its_certificate_says():
    certificate = check(MESH.credential(MEMBER.node))

    assert (certificate.node, certificate.scope) == (MEMBER.node, Scope.SHARE)


@pytest.mark.parametrize(
    ("held", "wanted", "enough"),
    [
        (Scope.CHAT, Scope.CHAT, True),
        (Scope.CHAT, Scope.SHARE, False),
        (Scope.CHAT, Scope.ENTRY, False),
        (Scope.SHARE, Scope.CHAT, True),
        (Scope.SHARE, Scope.SHARE, True),
        (Scope.SHARE, Scope.ENTRY, False),
    ],
)
def test_a_scope_includes_those_before_it(held, wanted, enough):
    credential = MESH.credential(MEMBER.node, held)
    if enough:
        check(credential, wanted=wanted)
    else:
        assert refusal(credential, wanted=wanted) is RefusalCode.WRONG_SCOPE


def test_an_entry_may_do_everything():
    for wanted in Scope:
        check(MESH.entry_credential, node=MESH.entry.node, wanted=wanted)


def test_a_certificate_is_of_no_use_to_somebody_else():
    assert refusal(MESH.credential(MEMBER.node), node=OTHER.node) is RefusalCode.NOT_A_MEMBER


def test_a_certificate_of_another_mesh_is_of_no_use():
    assert refusal(FOREIGN.credential(MEMBER.node)) is RefusalCode.NOT_A_MEMBER


def test_a_certificate_that_names_another_mesh_is_of_no_use():
    odd = structs.replace(MESH.certificate(MEMBER.node), mesh=FOREIGN.mesh)

    assert refusal(MESH.endorse(odd)) is RefusalCode.NOT_A_MEMBER


@pytest.mark.parametrize(
    "authority",
    [
        None,
        MESH.credential(OTHER.node).statement,
        FOREIGN.entry_credential.statement,
        issue(
            structs.replace(MESH.certificate(OTHER.node), scope=Scope.ENTRY), MESH.entry, None
        ).statement,
    ],
    ids=["none", "a member", "an entry elsewhere", "an entry made by an entry"],
)
def test_only_an_entry_of_the_mesh_makes_members(authority):
    forged = issue(MESH.certificate(MEMBER.node), OTHER, authority)

    assert refusal(forged) is RefusalCode.NOT_A_MEMBER


def test_only_the_mesh_makes_entries():
    made = MESH.endorse(structs.replace(MESH.certificate(MEMBER.node), scope=Scope.ENTRY))

    assert refusal(made) is RefusalCode.NOT_A_MEMBER


def test_a_changed_certificate_is_of_no_use():
    credential = MESH.credential(MEMBER.node, Scope.CHAT)
    body = credential.statement.body.replace(b"\xa4chat", b"\xa5share")
    changed = structs.replace(
        credential, statement=structs.replace(credential.statement, body=body)
    )

    assert refusal(changed) is RefusalCode.NOT_A_MEMBER


@pytest.mark.parametrize(
    ("age", "holds"),
    [
        (-CLOCK_SKEW, True),
        (-CLOCK_SKEW - 1, False),
        (MEMBER_LIFETIME, True),
        (MEMBER_LIFETIME + CLOCK_SKEW - 1, True),
        (MEMBER_LIFETIME + CLOCK_SKEW, False),
    ],
)
def test_a_certificate_holds_for_its_time(age, holds):
    credential = MESH.credential(MEMBER.node)
    if holds:
        check(credential, now=NOW + age)
    else:
        assert refusal(credential, now=NOW + age) is RefusalCode.EXPIRED


def test_a_certificate_is_renewed_in_good_time():
    certificate = MESH.certificate(MEMBER.node)

    assert not needs_renewal(certificate, NOW + DAY)
    assert needs_renewal(certificate, NOW + 2 * DAY)


def test_a_revoked_member_is_out_at_once():
    known, new = add_list(NONE, MESH.revocations(MESH.certificate(MEMBER.node)), MESH.mesh, NOW)

    assert new
    assert refusal(MESH.credential(MEMBER.node), revocations=known) is RefusalCode.REVOKED
    check(MESH.credential(OTHER.node), node=OTHER.node, revocations=known)


def test_an_older_list_changes_nothing():
    member, other = MESH.certificate(MEMBER.node), MESH.certificate(OTHER.node)
    known, _ = add_list(NONE, MESH.revocations(member, sequence=5), MESH.mesh, NOW)

    for sequence in (4, 5):
        same, new = add_list(known, MESH.revocations(other, sequence=sequence), MESH.mesh, NOW)
        assert not new
        assert same == known
    assert known.sequences() == {MESH.entry.node: 5}


def test_a_list_of_nobody_is_refused():
    for endorsed in (
        FOREIGN.revocations(MESH.certificate(MEMBER.node)),
        Endorsed(seal(RevocationList(MESH.mesh, 1, 0), MEMBER), None),
        Endorsed(seal(RevocationList(MESH.mesh, 1, 0), MEMBER), MESH.entry_credential.statement),
        Endorsed(
            seal(RevocationList(FOREIGN.mesh, 1, 0), MESH.entry), MESH.entry_credential.statement
        ),
    ):
        with pytest.raises(NotAuthorised):
            add_list(NONE, endorsed, MESH.mesh, NOW)


def test_one_entry_cannot_depose_another():
    rival = key("rival entry")
    rival_credential = MESH.make_entry(rival)
    target = Revoked(serial(MESH.entry.node), int(NOW) + 10**9)
    by_rival = Endorsed(
        seal(RevocationList(MESH.mesh, 1, int(NOW), (target,)), rival), rival_credential.statement
    )
    known, _ = add_list(NONE, by_rival, MESH.mesh, NOW)

    check(MESH.credential(MEMBER.node), revocations=known)

    by_mesh = Endorsed(seal(RevocationList(MESH.mesh, 1, int(NOW), (target,)), MESH.key))
    known, _ = add_list(known, by_mesh, MESH.mesh, NOW)

    assert refusal(MESH.credential(MEMBER.node), revocations=known) is RefusalCode.REVOKED


def test_no_more_issuers_are_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(membership, "MAX_ISSUERS", 1)
    known, _ = add_list(NONE, MESH.revocations(), MESH.mesh, NOW)
    second = Endorsed(seal(RevocationList(MESH.mesh, 1, int(NOW)), MESH.key))

    with pytest.raises(NotAuthorised):
        add_list(known, second, MESH.mesh, NOW)


def test_an_asking_key_tells_the_day_and_nothing_else():
    one = asking_certificate(MESH.mesh, ASKING.node, serial("one"), day_of(NOW))
    other = asking_certificate(MESH.mesh, ASKING.node, serial("one"), day_of(NOW + 3600))

    assert one == other
    assert one.owner is None
    check(MESH.endorse(one), node=ASKING.node, wanted=Scope.CHAT)
    assert (
        refusal(MESH.endorse(one), node=ASKING.node, wanted=Scope.CHAT, now=NOW + 2 * DAY)
        is RefusalCode.EXPIRED
    )
    assert (
        refusal(MESH.endorse(one), node=ASKING.node, wanted=Scope.CHAT, now=NOW - 2 * DAY)
        is RefusalCode.EXPIRED
    )
    assert refusal(MESH.endorse(one), node=ASKING.node) is RefusalCode.WRONG_SCOPE


def test_credentials_of_every_release_hold():
    for text in msgspec.json.decode(VECTORS.read_bytes()):
        credential = msgspec.msgpack.decode(bytes.fromhex(text), type=Endorsed)
        assert check(credential) == MESH.certificate(MEMBER.node)


def test_a_credential_is_written_as_in_the_last_release():
    written = msgspec.msgpack.encode(MESH.credential(MEMBER.node)).hex()

    assert msgspec.json.decode(VECTORS.read_bytes())[-1] == written


def test_the_mesh_is_a_key():
    assert NodeId(MESH.mesh) == MESH.key.node
