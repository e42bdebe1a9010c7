import msgspec
import pytest

from closedmesh.errors import BadRequest
from closedmesh.models.chat import Overflow, Sampling
from closedmesh.models.hours import Hours, Minute, Moment
from closedmesh.settings import ChatSettings, EnergySettings, Settings, changed, describe


def test_every_setting_has_a_sentence_a_page_and_a_default_that_is_allowed():
    found = list(describe())
    assert len({setting.name for setting in found}) == len(found)
    for setting in found:
        assert setting.sentence.endswith(".")
        assert setting.page
        assert (
            changed(Settings(), {setting.name: msgspec.to_builtins(setting.default)}) == Settings()
        )


def test_limits_that_are_described_are_those_that_hold():
    for setting in describe():
        if setting.minimum is not None:
            with pytest.raises(BadRequest):
                changed(Settings(), {setting.name: setting.minimum - 1})
        if setting.maximum is not None:
            with pytest.raises(BadRequest):
                changed(Settings(), {setting.name: setting.maximum + 1})


def test_words_that_are_offered_are_those_that_are_allowed():
    offered = [setting for setting in describe() if setting.choices]
    assert {"chat.overflow", "window.theme"} <= {setting.name for setting in offered}
    for setting in offered:
        for word in setting.choices:
            changed(Settings(), {setting.name: str(word)})
        with pytest.raises(BadRequest):
            changed(Settings(), {setting.name: "something else"})


def test_changes_are_all_or_none_and_leave_the_old_value():
    before = Settings()
    after = changed(before, {"engine.slots": 2, "chat.overflow": "refuse"})
    assert (after.engine.slots, after.chat.overflow) == (2, Overflow.REFUSE)
    assert before == Settings()
    with pytest.raises(BadRequest) as caught:
        changed(before, {"engine.slots": 3, "engine.threads": "many"})
    assert caught.value.param == "engine.threads"


@pytest.mark.parametrize(
    "name", ["", "engine", "engine.", "engine.nothing", "nothing.slots", "a.b.c"]
)
def test_a_setting_that_does_not_exist_is_named(name):
    with pytest.raises(BadRequest, match="no setting"):
        changed(Settings(), {name: 1})


def test_a_new_chat_is_asked_as_the_settings_say():
    settings = ChatSettings(
        temperature=0.3, top_k=5, top_p=0.4, min_p=0.1, system_prompt="s", max_tokens=0
    )
    options = settings.options()
    assert options.sampling == Sampling(temperature=0.3, top_k=5, top_p=0.4, min_p=0.1)
    assert (options.max_tokens, options.system_prompt) == (None, "s")
    assert ChatSettings(max_tokens=7).options().max_tokens == 7


@pytest.mark.parametrize(
    "change",
    [{"sharing.hours": ["mon 9:00-9:00"]}, {"energy.night_hours": "at night"}],
)
def test_hours_that_make_no_sense_are_refused_with_the_reason(change):
    with pytest.raises(BadRequest, match=r"no length|no day"):
        changed(Settings(), change)


def test_rules_of_sharing_are_what_was_chosen():
    settings = changed(
        Settings(),
        {
            "sharing.hours": ["sat,sun"],
            "sharing.upload_gb_a_month": 2.5,
            "sharing.on_metered": True,
            "sharing.credits_a_day": 40,
        },
    )
    rules = settings.sharing.rules(keep_free_mb=512)
    assert rules.hours == (Hours.parse("sat,sun"),)
    assert (rules.upload_limit, rules.memory_floor) == (2_500_000_000, 512 * 2**20)
    assert rules.metered
    assert rules.credits_limit == 40


def test_the_night_price_holds_at_night_where_there_is_one():
    night, noon = Moment(0, Minute(0)), Moment(0, Minute(720))
    both = EnergySettings(price=0.4, night_price=0.2)
    assert (both.price_at(night), both.price_at(noon)) == (0.2, 0.4)
    assert EnergySettings(price=0.4).price_at(night) == 0.4
