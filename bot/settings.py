"""The one reader of the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEMONSTRATION_TOKEN = "gongyou-demo"  # noqa: S105 - Known to all on purpose; it is refused beyond this machine.
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
_DATABASES = ("sqlite+aiosqlite:", "postgresql+asyncpg:")
_KEY_LENGTH = 32
_MAKE_KEY = "make one with `openssl rand -hex 32`, and keep it: it cannot be replaced"
_REDIS = ("redis://", "rediss://", "unix://")
_QUALITY = str(Path(__file__).resolve().parents[1] / "nlu_data" / "quality" / "quality.yml")
_ACCOUNTS = ("verified", "unverified")


class SettingsInvalid(Exception):
    """One or more variables are missing or malformed; the message lists them all with what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs; the names are those of the environment variables in lower case."""

    host: str
    port: int
    data_dir: Path
    database_url: str
    log_level: str
    log_format: str
    wechat_token: str
    wechat_app_id: str
    wechat_app_secret: str
    wechat_encoding_aes_key: str
    wechat_account: str
    wechat_api_base: str
    wechat_reply_seconds: float
    session_idle_minutes: int
    session_hours: int
    proxies: int
    api_per_minute: int
    redis_url: str
    rasa_url: str
    rasa_token: str
    metrics_token: str
    metrics_dir: str
    quality: Path
    privacy_key: str

    @property
    def demonstration(self) -> bool:
        """Whether this is a demonstration, which is for this machine only."""
        return self.wechat_token == DEMONSTRATION_TOKEN and self.host in _LOOPBACK

    @property
    def models(self) -> Path:
        """Where trained models are kept."""
        return self.data_dir / "models"

    @property
    def documents(self) -> Path:
        """Where the items of imported policy papers are kept, for `gongyou kb check`."""
        return self.data_dir / "documents"


def read(environment: Mapping[str, str]) -> Settings:
    """Settings from the environment over the defaults; raises SettingsInvalid with every problem at once.

    An empty variable counts as not set.
    """
    problems: list[str] = []
    environment = {name: value.strip() for name, value in environment.items() if value.strip()}
    data_dir = Path(environment.get("DATA_DIR", "var"))
    settings = Settings(
        host=environment.get("HOST", "127.0.0.1"),
        port=_port(environment.get("PORT", "8080"), problems),
        data_dir=data_dir,
        database_url=environment.get("DATABASE_URL", f"sqlite+aiosqlite:///{data_dir / 'gongyou.db'}"),
        log_level=environment.get("LOG_LEVEL", "INFO").upper(),
        log_format=environment.get("LOG_FORMAT", "console"),
        wechat_token=environment.get("WECHAT_TOKEN", ""),
        wechat_app_id=environment.get("WECHAT_APP_ID", ""),
        wechat_app_secret=environment.get("WECHAT_APP_SECRET", ""),
        wechat_encoding_aes_key=environment.get("WECHAT_ENCODING_AES_KEY", ""),
        wechat_account=environment.get("WECHAT_ACCOUNT", "unverified"),
        wechat_api_base=environment.get("WECHAT_API_BASE", "https://api.weixin.qq.com").rstrip("/"),
        wechat_reply_seconds=_seconds(environment.get("WECHAT_REPLY_SECONDS", "4"), problems),
        session_idle_minutes=_number(environment, "SESSION_IDLE_MINUTES", 30, range(1, 1441), problems),
        session_hours=_number(environment, "SESSION_HOURS", 12, range(1, 169), problems),
        proxies=_number(environment, "PROXIES", 0, range(11), problems),
        api_per_minute=_number(environment, "API_PER_MINUTE", 120, range(1, 100_001), problems),
        redis_url=environment.get("REDIS_URL", ""),
        rasa_url=environment.get("RASA_URL", "").rstrip("/"),
        rasa_token=environment.get("RASA_TOKEN", ""),
        metrics_token=environment.get("METRICS_TOKEN", ""),
        metrics_dir=environment.get("PROMETHEUS_MULTIPROC_DIR", ""),
        quality=Path(environment.get("QUALITY", _QUALITY)),
        privacy_key=environment.get("PRIVACY_KEY", ""),
    )
    problems += _problems(settings)
    if problems:
        raise SettingsInvalid("\n".join(problems))
    return settings


def serving(settings: Settings, workers: int = 1) -> None:
    """Refuse to serve people without a secret token, or with several processes on SQLite; raises SettingsInvalid.

    `make run` sets the demonstration token itself, which is for this machine only.
    """
    if not settings.wechat_token:
        raise SettingsInvalid("WECHAT_TOKEN is not set: use the token from the official account's server settings")
    if settings.wechat_token == DEMONSTRATION_TOKEN and settings.host not in _LOOPBACK:
        raise SettingsInvalid(
            f"the demonstration token is public: set another WECHAT_TOKEN to listen on {settings.host}"
        )
    if workers > 1 and settings.database_url.startswith("sqlite"):
        raise SettingsInvalid(
            f"{workers} workers need a database with more than one writer: set DATABASE_URL=postgresql+asyncpg://…"
        )


def _port(text: str, problems: list[str]) -> int:
    if text.isdecimal() and 0 <= int(text) <= 65535:
        return int(text)
    problems.append(f"PORT is {text!r}: give a number from 0 to 65535")
    return 0


def _seconds(text: str, problems: list[str]) -> float:
    """WeChat hangs up after five seconds, and the reply has to travel."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.5 <= seconds <= 4.5:
        problems.append(f"WECHAT_REPLY_SECONDS is {text!r}: give a number from 0.5 to 4.5")
    return seconds


def _number(environment: Mapping[str, str], name: str, default: int, allowed: range, problems: list[str]) -> int:
    text = environment.get(name, str(default))
    if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) in allowed:
        return int(text)
    problems.append(f"{name} is {text!r}: give a number from {allowed[0]} to {allowed[-1]}")
    return default


def _problems(settings: Settings) -> list[str]:
    found = []
    if settings.wechat_account not in _ACCOUNTS:
        found.append(f"WECHAT_ACCOUNT is {settings.wechat_account!r}: give one of {', '.join(_ACCOUNTS)}")
    if settings.wechat_account == "verified" and not (settings.wechat_app_id and settings.wechat_app_secret):
        found.append(
            "WECHAT_ACCOUNT is 'verified': set WECHAT_APP_ID and WECHAT_APP_SECRET too, which messages are sent with"
        )
    key = settings.wechat_encoding_aes_key
    if key and not _AES_KEY.fullmatch(key):
        found.append("WECHAT_ENCODING_AES_KEY is not 43 letters and digits: copy it from the account's settings")
    if key and not settings.wechat_app_id:
        found.append("WECHAT_APP_ID is not set: messages in safe mode are checked against it")
    if settings.log_level not in ("INFO", "WARNING", "ERROR"):
        found.append(f"LOG_LEVEL is {settings.log_level!r}: give INFO, WARNING or ERROR")
    if settings.log_format not in ("console", "json"):
        found.append(f"LOG_FORMAT is {settings.log_format!r}: give console or json")
    if 0 < len(settings.privacy_key) < _KEY_LENGTH:
        found.append(f"PRIVACY_KEY is shorter than {_KEY_LENGTH} characters: {_MAKE_KEY}")
    return found + _address_problems(settings)


def _address_problems(settings: Settings) -> list[str]:
    found = []
    if not settings.database_url.startswith(_DATABASES):
        found.append(f"DATABASE_URL must begin with {' or '.join(_DATABASES)}")
    if settings.redis_url and not settings.redis_url.startswith(_REDIS):
        found.append(f"REDIS_URL must begin with {' or '.join(_REDIS)}")
    if settings.rasa_url and not settings.rasa_url.startswith(("http://", "https://")):
        found.append("RASA_URL must begin with http:// or https://")
    return found
