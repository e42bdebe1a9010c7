from dataclasses import replace

import pytest
from msgspec import structs

from closedmesh.entry.admission import KEYS_PER_DAY
from closedmesh.mesh import invites
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.membership import (
    ASKING_DAYS,
    DAY,
    MEMBER_LIFETIME,
    RENEWAL_GRACE,
    AskingKey,
    Certificate,
    Ownership,
    Redemption,
    Revocations,
    Scope,
    authorise,
    day_of,
)
from closedmesh.mesh.messages import Certify, Join, Renew
from closedmesh.mesh.signing import peek, seal
from tests.support.mesh import ASKING, MEMBER, MESH, NOW, OTHER, OWNER, ExampleMesh, key

TODAY = day_of(NOW)
NOTHING = Revocations()
FOREIGN = ExampleMesh("foreign")


@pytest.fixture
def invite(invitations):
    def make(scope=Scope.SHARE, uses=1):
        made = invitations.make(scope, uses, DAY if scope is Scope.ENTRY else 30 * DAY)
        return invites.read(made.link, invitations._clock.now()).secret

    return make


def joining(secret, peer=MEMBER, *, entry=MESH.entry.node, mesh=MESH.mesh, ownership=None):
    return Join(seal(Redemption(mesh, entry, secret), peer), ownership)


def refusal(do, *arguments):
    with pytest.raises(NotAuthorised) as refused:
        do(*arguments)
    return refused.value.code


def allowed(credential, peer=MEMBER, wanted=Scope.CHAT, known=NOTHING, now=NOW):
    return authorise(
        credential, mesh=MESH.mesh, node=peer.node, wanted=wanted, revocations=known, now=now
    )


def asking(day=TODAY, peer=ASKING, member=MEMBER):
    return seal(AskingKey(MESH.mesh, MESH.entry.node, member.node, day), peer)


def test_an_invite_makes_a_member(admission, invite):
    joined = admission.join(MEMBER.node, joining(invite()))

    assert allowed(joined.credential, wanted=Scope.SHARE).expires == NOW + MEMBER_LIFETIME
    assert (joined.info.mesh, joined.info.name) == (MESH.mesh, MESH.name)
    assert joined.info.entries == (MESH.address,)
    assert admission.members() == 1
    assert admission.is_member(MEMBER.node)
    assert admission.is_member(MESH.entry.node)
    assert not admission.is_member(OTHER.node)


def test_an_invite_for_chat_does_not_let_share(admission, invite):
    joined = admission.join(MEMBER.node, joining(invite(Scope.CHAT)))

    assert refusal(lambda: allowed(joined.credential, wanted=Scope.SHARE)) is (
        RefusalCode.WRONG_SCOPE
    )


def test_a_used_invite_is_refused(admission, invite):
    secret = invite()
    admission.join(MEMBER.node, joining(secret))

    assert refusal(admission.join, OTHER.node, joining(secret, OTHER)) is RefusalCode.INVITE_USED
    assert admission.members() == 1


def test_a_lost_reply_costs_no_second_use(admission, invite):
    secret = invite()
    first = admission.join(MEMBER.node, joining(secret))
    second = admission.join(MEMBER.node, joining(secret))

    assert peek(first.credential.statement, Certificate) == peek(
        second.credential.statement, Certificate
    )


def test_a_second_invite_widens_but_never_narrows(admission, invite):
    def scope(joined):
        return peek(joined.credential.statement, Certificate).scope

    assert scope(admission.join(MEMBER.node, joining(invite(Scope.CHAT)))) is Scope.CHAT
    assert scope(admission.join(MEMBER.node, joining(invite(Scope.SHARE)))) is Scope.SHARE
    assert scope(admission.join(MEMBER.node, joining(invite(Scope.CHAT)))) is Scope.SHARE
    assert admission.members() == 1


@pytest.mark.parametrize(
    "join",
    [
        lambda secret: joining(secret, OTHER),
        lambda secret: joining(secret, entry=OTHER.node),
        lambda secret: joining(secret, mesh=FOREIGN.mesh),
        lambda secret: structs.replace(joining(secret), redemption=asking()),
        lambda secret: joining(secret, ownership=seal(Ownership(MESH.mesh, OTHER.node), OWNER)),
        lambda secret: joining(secret, ownership=seal(Ownership(FOREIGN.mesh, MEMBER.node), OWNER)),
        lambda secret: joining(secret, ownership=asking()),
    ],
    ids=[
        "another peer's",
        "another entry's",
        "another mesh's",
        "another statement",
        "another's owner",
        "another mesh's owner",
        "no ownership",
    ],
)
def test_a_wrong_request_is_refused_and_uses_nothing(admission, invite, join):
    secret = invite()

    assert refusal(admission.join, MEMBER.node, join(secret)) is RefusalCode.NOT_A_MEMBER
    assert admission.members() == 0
    admission.join(MEMBER.node, joining(secret))


def test_an_owner_is_named_in_the_certificate(admission, invite):
    ownership = seal(Ownership(MESH.mesh, MEMBER.node), OWNER)
    joined = admission.join(MEMBER.node, joining(invite(), ownership=ownership))
    assert allowed(joined.credential).owner == OWNER.node

    renewed = admission.renew(MEMBER.node, Renew(joined.credential))
    assert allowed(renewed.credential).owner == OWNER.node


async def test_a_membership_is_renewed_under_the_same_number(admission, invite, clock):
    joined = admission.join(MEMBER.node, joining(invite()))
    await clock.advance(MEMBER_LIFETIME + 30 * DAY)
    renewed = admission.renew(MEMBER.node, Renew(joined.credential))

    old = peek(joined.credential.statement, Certificate)
    new = allowed(renewed.credential, now=clock.now())
    assert new.serial == old.serial
    assert new.expires == int(clock.now()) + MEMBER_LIFETIME
    await clock.advance(MEMBER_LIFETIME + RENEWAL_GRACE + DAY)
    assert refusal(admission.renew, MEMBER.node, Renew(renewed.credential)) is RefusalCode.EXPIRED


def test_only_ones_own_membership_is_renewed(admission, invite):
    joined = admission.join(MEMBER.node, joining(invite()))

    assert refusal(admission.renew, OTHER.node, Renew(joined.credential)) is (
        RefusalCode.NOT_A_MEMBER
    )
    stranger = Renew(MESH.credential(OTHER.node))
    assert refusal(admission.renew, OTHER.node, stranger) is RefusalCode.NOT_A_MEMBER
    foreign = Renew(FOREIGN.credential(MEMBER.node))
    assert refusal(admission.renew, MEMBER.node, foreign) is RefusalCode.NOT_A_MEMBER


def test_who_an_entry_admitted_that_is_none_any_longer_is_renewed_by_another(admission, invite):
    joined = admission.join(MEMBER.node, joining(invite()))
    deposed = structs.replace(joined.credential, authority=MESH.make_entry(OTHER).statement)

    assert allowed(admission.renew(MEMBER.node, Renew(deposed)).credential, wanted=Scope.SHARE)


def test_only_who_holds_the_mesh_key_makes_entries(admission, invite, authority):
    secret = invite(Scope.ENTRY)
    admission._authority = replace(authority, root=None)
    assert refusal(admission.join, OTHER.node, joining(secret, OTHER)) is (
        RefusalCode.INVITE_UNKNOWN
    )

    admission._authority = authority
    joined = admission.join(OTHER.node, joining(secret, OTHER))
    assert allowed(joined.credential, OTHER, wanted=Scope.ENTRY).scope is Scope.ENTRY
    assert joined.credential.authority is None
    assert admission.is_member(OTHER.node)
    assert admission.members() == 0
    assert refusal(admission.join, MEMBER.node, joining(secret)) is RefusalCode.INVITE_USED


def test_asking_keys_are_certified_for_the_days_ahead(admission, invite):
    admission.join(MEMBER.node, joining(invite()))
    keys = [key(f"asking {number}") for number in range(ASKING_DAYS)]
    request = Certify(tuple(asking(TODAY + n, each) for n, each in enumerate(keys)))
    certified = admission.certify(MEMBER.node, request)

    for number, (credential, peer) in enumerate(zip(certified.credentials, keys, strict=True)):
        said = allowed(credential, peer, now=NOW + number * DAY)
        assert (said.scope, said.owner) == (Scope.CHAT, None)
        assert MEMBER.node.encode() not in credential.statement.body
    assert admission.certify(MEMBER.node, request) == certified
    assert admission.is_member(keys[0].node)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (asking(TODAY - 1), RefusalCode.BAD_REQUEST),
        (asking(TODAY + ASKING_DAYS), RefusalCode.BAD_REQUEST),
        (asking(member=OTHER), RefusalCode.NOT_A_MEMBER),
        (asking(peer=MEMBER), RefusalCode.BAD_REQUEST),
        (asking(peer=MESH.entry), RefusalCode.BAD_REQUEST),
        (
            seal(AskingKey(MESH.mesh, OTHER.node, MEMBER.node, TODAY), ASKING),
            RefusalCode.NOT_A_MEMBER,
        ),
        (seal(Ownership(MESH.mesh, MEMBER.node), ASKING), RefusalCode.NOT_A_MEMBER),
    ],
    ids=["yesterday", "too far", "another's", "a member", "an entry", "elsewhere", "no key"],
)
def test_a_wrong_asking_key_is_refused(admission, invite, wanted, code):
    admission.join(MEMBER.node, joining(invite()))

    assert refusal(admission.certify, MEMBER.node, Certify((asking(), wanted))) is code
    assert not admission.is_member(ASKING.node)


def test_an_asking_key_is_of_one_day_and_one_member(admission, invite):
    for peer in (MEMBER, OTHER):
        admission.join(peer.node, joining(invite(), peer))
    admission.certify(MEMBER.node, Certify((asking(),)))

    for wanted, member in ((asking(TODAY + 1), MEMBER), (asking(member=OTHER), OTHER)):
        assert refusal(admission.certify, member.node, Certify((wanted,))) is (
            RefusalCode.BAD_REQUEST
        )


async def test_a_member_has_few_keys_a_day(admission, invite, clock, store):
    admission.join(MEMBER.node, joining(invite()))
    for number in range(KEYS_PER_DAY):
        admission.certify(MEMBER.node, Certify((asking(peer=key(f"k{number}")),)))

    assert refusal(admission.certify, MEMBER.node, Certify((asking(),))) is (
        RefusalCode.RATE_LIMITED
    )
    await clock.advance(9 * DAY)  # so long a receipt may name one of them
    admission.certify(MEMBER.node, Certify((asking(TODAY + 9),)))
    assert len(store.rows("SELECT * FROM asking_keys")) == 1
