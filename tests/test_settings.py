"""The environment as settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.settings import SettingsInvalid


def test_defaults_serve_this_machine_with_sqlite() -> None:
    chosen = settings.read({})

    assert (chosen.host, chosen.port) == ("127.0.0.1", 8080)
    assert chosen.database_url == "sqlite+aiosqlite:///var/gongyou.db"
    assert (chosen.models, chosen.documents) == (Path("var/models"), Path("var/documents"))
    assert (chosen.log_level, chosen.log_format, chosen.wechat_account) == ("INFO", "console", "unverified")
    assert chosen.wechat_token == ""


KEY = "k" * 43
EVERY = {
    "HOST": "0.0.0.0",
    "PORT": "0",
    "DATA_DIR": "/data",
    "DATABASE_URL": "sqlite+aiosqlite:////elsewhere.db",
    "LOG_LEVEL": "warning",
    "LOG_FORMAT": "json",
    "WECHAT_TOKEN": "token",
    "WECHAT_APP_ID": "wx1",
    "WECHAT_APP_SECRET": "secret",
    "WECHAT_ENCODING_AES_KEY": KEY,
    "WECHAT_ACCOUNT": "verified",
    "WECHAT_API_BASE": "http://127.0.0.1:9/",
    "WECHAT_REPLY_SECONDS": "3.5",
    "SESSION_IDLE_MINUTES": "15",
    "SESSION_HOURS": "8",
    "PROXIES": "1",
    "API_PER_MINUTE": "300",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "RASA_URL": "http://127.0.0.1:5005/",
    "RASA_TOKEN": "rasa-token",
    "METRICS_TOKEN": "metrics-token",
    "PROMETHEUS_MULTIPROC_DIR": "/metrics",
    "QUALITY": "/quality.yml",
    "PRIVACY_KEY": "p" * 32,
}


def test_every_variable_is_read() -> None:
    chosen = settings.read(EVERY)

    assert chosen == settings.Settings(
        "0.0.0.0",
        0,
        Path("/data"),
        "sqlite+aiosqlite:////elsewhere.db",
        "WARNING",
        "json",
        "token",
        "wx1",
        "secret",
        KEY,
        "verified",
        "http://127.0.0.1:9",
        3.5,
        15,
        8,
        1,
        300,
        "redis://127.0.0.1:6379/0",
        "http://127.0.0.1:5005",
        "rasa-token",
        "metrics-token",
        "/metrics",
        Path("/quality.yml"),
        "p" * 32,
    )


VARIABLES = (
    "HOST",
    "PORT",
    "DATA_DIR",
    "DATABASE_URL",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "WECHAT_TOKEN",
    "WECHAT_APP_ID",
    "WECHAT_APP_SECRET",
    "WECHAT_ENCODING_AES_KEY",
    "WECHAT_ACCOUNT",
    "WECHAT_API_BASE",
    "WECHAT_REPLY_SECONDS",
    "SESSION_IDLE_MINUTES",
    "SESSION_HOURS",
    "PROXIES",
    "API_PER_MINUTE",
)


@pytest.mark.parametrize("nothing", ["", " \t"], ids=["empty", "blank"])
def test_empty_variable_counts_as_not_set(nothing: str) -> None:
    assert settings.read(dict.fromkeys(VARIABLES, nothing)) == settings.read({})


def test_spaces_around_a_value_do_not_count() -> None:
    assert settings.read({"PORT": " 81 ", "WECHAT_TOKEN": "token\n"}) == settings.read(
        {"PORT": "81", "WECHAT_TOKEN": "token"}
    )


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("PORT", "http", "PORT is 'http': give a number from 0 to 65535"),
        ("PORT", "65536", "PORT is '65536'"),
        ("PORT", "-1", "PORT is '-1'"),
        ("SESSION_IDLE_MINUTES", "0", "SESSION_IDLE_MINUTES is '0': give a number from 1 to 1440"),
        ("SESSION_HOURS", "a day", "SESSION_HOURS is 'a day': give a number from 1 to 168"),
        ("API_PER_MINUTE", "0", "API_PER_MINUTE is '0': give a number from 1 to 100000"),
        ("PROXIES", "-1", "PROXIES is '-1': give a number from 0 to 10"),
        ("WECHAT_ACCOUNT", "big", "WECHAT_ACCOUNT is 'big': give one of verified, unverified"),
        ("WECHAT_ENCODING_AES_KEY", "short", "WECHAT_ENCODING_AES_KEY is not 43 letters and digits: copy it"),
        ("WECHAT_ENCODING_AES_KEY", "k" * 42 + "=", "WECHAT_ENCODING_AES_KEY is not 43 letters and digits"),
        ("WECHAT_ENCODING_AES_KEY", "k" * 42 + "工", "WECHAT_ENCODING_AES_KEY is not 43 letters and digits"),
        ("WECHAT_ENCODING_AES_KEY", "k" * 44, "WECHAT_ENCODING_AES_KEY is not 43 letters and digits"),
        ("WECHAT_ENCODING_AES_KEY", "k" * 43, "WECHAT_APP_ID is not set"),
        ("WECHAT_ACCOUNT", "verified", "WECHAT_ACCOUNT is 'verified': set WECHAT_APP_ID and WECHAT_APP_SECRET too"),
        ("WECHAT_REPLY_SECONDS", "5", "WECHAT_REPLY_SECONDS is '5': give a number from 0.5 to 4.5"),
        ("WECHAT_REPLY_SECONDS", "four", "WECHAT_REPLY_SECONDS is 'four'"),
        ("WECHAT_REPLY_SECONDS", "nan", "WECHAT_REPLY_SECONDS is 'nan'"),
        ("LOG_LEVEL", "DEBUG", "LOG_LEVEL is 'DEBUG': give INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is 'xml': give console or json"),
        ("PRIVACY_KEY", "p" * 31, "PRIVACY_KEY is shorter than 32 characters: make one with `openssl rand -hex 32`"),
        ("DATABASE_URL", "postgresql://db", "DATABASE_URL must begin with sqlite+aiosqlite: or postgresql+asyncpg:"),
    ],
)
def test_malformed_variable_is_told_with_a_remedy(variable: str, value: str, problem: str) -> None:
    with pytest.raises(SettingsInvalid) as error:
        settings.read({variable: value})

    assert str(error.value).startswith(problem) or f"\n{problem}" in str(error.value)


def test_all_malformed_variables_are_told_at_once() -> None:
    with pytest.raises(SettingsInvalid) as error:
        settings.read({"PORT": "x", "LOG_LEVEL": "x", "LOG_FORMAT": "x", "WECHAT_ACCOUNT": "x", "DATABASE_URL": "x"})

    assert len(str(error.value).splitlines()) == 5


def test_problem_does_not_tell_the_key() -> None:
    with pytest.raises(SettingsInvalid) as error:
        settings.read({"WECHAT_ENCODING_AES_KEY": "secretive"})

    assert "secretive" not in str(error.value)


def test_serving_needs_a_token() -> None:
    with pytest.raises(SettingsInvalid, match="WECHAT_TOKEN is not set"):
        settings.serving(settings.read({}))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.com"])
def test_demonstration_token_is_refused_beyond_this_machine(host: str) -> None:
    with pytest.raises(SettingsInvalid, match=f"set another WECHAT_TOKEN to listen on {host}"):
        settings.serving(settings.read({"WECHAT_TOKEN": "gongyou-demo", "HOST": host}))


@pytest.mark.parametrize(
    ("token", "host"), [("gongyou-demo", "127.0.0.1"), ("gongyou-demo", "::1"), ("own-token", "0.0.0.0")]
)
def test_serving_with_a_token(token: str, host: str) -> None:
    settings.serving(settings.read({"WECHAT_TOKEN": token, "HOST": host}))


@pytest.mark.parametrize(
    ("token", "host", "demonstration"),
    [("gongyou-demo", "127.0.0.1", True), ("own-token", "127.0.0.1", False), ("gongyou-demo", "0.0.0.0", False)],
)
def test_demonstration_is_the_known_token_on_this_machine(token: str, host: str, *, demonstration: bool) -> None:
    assert settings.read({"WECHAT_TOKEN": token, "HOST": host}).demonstration is demonstration
