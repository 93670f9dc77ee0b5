"""Settings that would leave the webhook open are refused."""

from __future__ import annotations

import pytest

from bot.wechat.settings import WeChatSettings

from .envelopes import AES_KEY, APP_ID, TOKEN


@pytest.mark.parametrize("token", ["", "  "])
def test_settings_without_a_token_are_refused(token: str) -> None:
    with pytest.raises(ValueError, match="token is empty"):
        WeChatSettings(token, APP_ID, AES_KEY)


def test_settings_with_a_key_need_the_app_id() -> None:
    with pytest.raises(ValueError, match="app id is empty"):
        WeChatSettings(TOKEN, "", AES_KEY)


def test_settings_do_not_show_their_secrets() -> None:
    shown = repr(WeChatSettings(TOKEN, APP_ID, AES_KEY))

    assert TOKEN not in shown
    assert AES_KEY not in shown
