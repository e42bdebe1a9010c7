import hashlib

import pytest
from msgspec import structs

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.signing import PrivateKey, Sealed, seal
from closedmesh.models.chat import CheckState
from closedmesh.trust.statements import (
    LIFETIME,
    Statement,
    convicted,
    in_a_word,
    newest,
    read_statement,
    shunned,
)
from closedmesh.trust.verdicts import Verdict

NOW = 1_900_000_000
KEY = PrivateKey(bytes(range(32)))


def node(name):
    return hashlib.sha256(name.encode()).hexdigest()


def said(owner, verdict=Verdict.WRONG_MODEL, *, verifier=None, **changes):
    facts = {"checks": 5, "resolution": "", "clean": True, "at": NOW, "enforced": True} | changes
    return Statement(node(verifier or owner), node(owner), node("peer"), "c" * 64, verdict, **facts)


def out(*statements, now=NOW):
    return shunned(statements, node("the peer's"), now)


def test_two_owners_that_agree_keep_a_peer_out():
    assert out(said("a"), said("b", Verdict.WRONG_QUANTISATION))


def test_nobody_is_kept_out_while_verdicts_are_only_observed():
    assert not out(said("a"), said("b", enforced=False), said("c", enforced=False))


def test_one_owner_is_not_enough_however_many_verifiers_it_has():
    assert not out(said("a"))
    assert not out(said("a", verifier="a1"), said("a", verifier="a2"))


def test_the_peers_own_owner_has_no_voice():
    assert not out(said("a"), said("the peer's"))


def test_a_calibration_that_is_not_clean_convicts_nobody():
    assert not out(said("a"), said("b", clean=False))


def test_drift_and_doubt_convict_nobody():
    assert not out(said("a"), said("b", Verdict.DRIFT), said("c", Verdict.INCONCLUSIVE))


def test_a_later_match_brings_the_peer_back():
    before = (said("a", at=NOW - 20), said("b", at=NOW - 10))
    assert out(*before)
    assert not out(*before, said("b", Verdict.MATCH))
    assert out(*before, said("b", Verdict.MATCH, at=NOW - 15)), "an older one does not"


def test_who_answers_nobody_is_left_out_and_convicted_of_nothing():
    silent = [said(name, Verdict.UNRESPONSIVE, clean=False) for name in "ab"]
    assert not out(silent[0])
    assert out(*silent)
    assert out(silent[0], said("b"))
    assert not out(silent[0], said("b", clean=False))
    assert not out(*silent, said("b", Verdict.MATCH, at=NOW + 1))
    assert not convicted([silent[0], said("b")], node("the peer's"), NOW)
    assert convicted([said("a"), said("b")], node("the peer's"), NOW)


def test_a_stranger_that_disagrees_does_not_undo_two_that_agree():
    assert out(said("a"), said("b"), said("c", Verdict.MATCH))


def test_verdicts_grow_old():
    assert not out(said("a"), said("b"), now=NOW + LIFETIME + 1)


def test_a_statement_is_believed_from_whom_it_names():
    statement = structs.replace(said("a"), verifier=KEY.node)
    assert read_statement(seal(statement, KEY), NOW) == statement


def test_nobody_speaks_for_another_verifier():
    with pytest.raises(NotAuthorised, match="speak for itself"):
        read_statement(seal(said("a"), KEY), NOW)


def test_an_altered_statement_is_refused():
    sealed = seal(structs.replace(said("a"), verifier=KEY.node), KEY)
    altered = Sealed(sealed.body.replace(b"wrong-model", b"match-model"), *sealed_rest(sealed))
    with pytest.raises(NotAuthorised, match="not genuine"):
        read_statement(altered, NOW)


def sealed_rest(sealed):
    return sealed.signer, sealed.signature


@pytest.mark.parametrize("off", [LIFETIME + 1, -10_000])
def test_old_statements_and_those_of_the_future_are_refused(off):
    sealed = seal(structs.replace(said("a"), verifier=KEY.node), KEY)
    with pytest.raises(NotAuthorised, match="too old"):
        read_statement(sealed, NOW + off)


def test_each_verifiers_last_word_counts():
    words = [said("a", at=NOW - 5), said("a", Verdict.MATCH), said("b")]
    assert set(newest(words, NOW)) == set(words[1:])


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict.INCONCLUSIVE, CheckState.INCONCLUSIVE),
        (Verdict.DRIFT, CheckState.MATCH),
        (Verdict.MATCH, CheckState.MATCH),
        (Verdict.CANNED, CheckState.MISMATCH),
        (Verdict.UNRESPONSIVE, CheckState.INCONCLUSIVE),
    ],
)
def test_each_verdict_is_a_word(verdict, word):
    assert in_a_word(verdict) is word
