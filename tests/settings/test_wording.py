from closedmesh.settings import Effect, describe


def test_each_setting_says_when_it_holds():
    effects = {setting.name: setting.effect for setting in describe()}
    assert effects["chat.temperature"] is Effect.NEXT_CHAT
    assert effects["chat.model"] is Effect.AT_ONCE
    assert effects["engine.context"] is Effect.NEXT_LOAD
    assert effects["engine.threads"] is Effect.AT_ONCE
    assert effects["api.port"] is Effect.NEXT_START
    assert effects["sharing.share"] is Effect.AT_ONCE
