from contextlib import ExitStack

import pytest
from msgspec import structs

from closedmesh.errors import EngineBusy, RateLimited
from closedmesh.models.chat import ModelHash
from closedmesh.settings import PublicSettings
from closedmesh.web.limits import AT_ONCE_EACH, Limits, client_of
from tests.support.control import OWN_OFFER

SETTINGS = PublicSettings(enabled=True, per_minute=3, total_per_minute=10, at_once=4)
MODEL = OWN_OFFER.sha256


def offers(free, slots=8):
    return [structs.replace(OWN_OFFER, slots=slots, free=free)]


def refused(limits, client, now):
    try:
        limits.ask(client, SETTINGS, now)
    except RateLimited as error:
        return error
    return None


def test_one_address_may_ask_so_often_and_later_again():
    limits = Limits()
    answers = [refused(limits, "a", 0.0) for _ in range(4)]

    assert answers[:3] == [None] * 3
    assert answers[3].retry_after == 20.0
    assert refused(limits, "b", 0.0) is None
    assert refused(limits, "a", 19.0)
    assert refused(limits, "a", 40.0) is None


def test_all_addresses_together_have_a_limit_that_no_refused_one_uses_up():
    limits = Limits()
    for _ in range(50):
        refused(limits, "flood", 0.0)
    others = [refused(limits, f"client {n}", 0.0) for n in range(8)]

    assert others[:7] == [None] * 7
    assert others[7].retry_after == 6.0


def test_changed_limits_hold_at_once():
    limits = Limits()
    for _ in range(4):
        refused(limits, "a", 0.0)
    limits.ask("a", structs.replace(SETTINGS, per_minute=5), 0.0)


def test_one_address_cannot_take_all_places():
    limits = Limits()
    with ExitStack() as stack:
        for _ in range(AT_ONCE_EACH):
            stack.enter_context(limits.place("a", MODEL, offers(8), SETTINGS))
        with pytest.raises(RateLimited), limits.place("a", MODEL, offers(8), SETTINGS):
            pass
        stack.enter_context(limits.place("b", MODEL, offers(8), SETTINGS))
    with limits.place("a", MODEL, offers(8), SETTINGS):
        pass


def test_the_public_together_has_so_many_places_whatever_the_model():
    limits = Limits()
    with ExitStack() as stack:
        for n in range(SETTINGS.at_once):
            model = ModelHash(f"{n:064}")
            stack.enter_context(limits.place(f"{n}", model, offers(8), SETTINGS))
        with pytest.raises(EngineBusy), limits.place("z", MODEL, offers(8), SETTINGS):
            pass


def test_members_go_first():
    limits = Limits()
    for free, slots in ((0, 1), (0, 8), (1, 8)):
        with (
            pytest.raises(EngineBusy, match="members go first"),
            limits.place("a", MODEL, offers(free, slots), SETTINGS),
        ):
            pass
    for free, slots in ((1, 1), (2, 8), (8, 8)):
        with limits.place("a", MODEL, offers(free, slots), SETTINGS):
            pass


def test_what_was_begun_counts_before_the_news_of_it_arrives():
    limits = Limits()
    with ExitStack() as stack:
        for n in range(3):
            stack.enter_context(limits.place(f"{n}", MODEL, offers(4, 4), SETTINGS))
        with pytest.raises(EngineBusy), limits.place("z", MODEL, offers(4, 4), SETTINGS):
            pass


def test_a_place_is_given_back_whatever_happens():
    limits = Limits()
    for _ in range(20):
        with pytest.raises(ZeroDivisionError), limits.place("a", MODEL, offers(8), SETTINGS):
            raise ZeroDivisionError


@pytest.mark.parametrize(
    ("address", "forwarded", "behind", "client"),
    [
        ("192.0.2.7", None, False, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.1", False, "192.0.2.7"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.1", True, "203.0.113.1"),
        ("127.0.0.1", None, True, "127.0.0.1"),
        ("127.0.0.1", "rubbish", True, "unknown"),
        ("2001:db8:1:2:3:4:5:6", None, False, "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", None, False, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", None, False, "192.0.2.7"),
        (None, None, False, "unknown"),
    ],
)
def test_who_asks_is_an_address_or_a_customers_network(address, forwarded, behind, client):
    assert client_of(address, forwarded, behind_proxy=behind) == client
