"""Checks of the official account: the token that its API gives, and whether this machine may ask."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.doctor.finding import Finding, State
from bot.settings import Settings

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}")
_MENDS = {
    40013: "wechat_app_id",
    40125: "wechat_secret",
    40001: "wechat_secret",
    40243: "wechat_frozen",
    45009: "wechat_quota",
    50007: "wechat_blocked",
}
NOT_ALLOWED = 40164


async def token(settings: Settings, http: aiohttp.ClientSession) -> tuple[Finding, datetime | None]:
    """Ask for the access token, which does no harm to the one in use; also the time on WeChat's clock."""
    if not settings.wechat_app_id or not settings.wechat_app_secret:
        return Finding("wechat", State.OFF, "wechat_off"), None
    grant = {
        "grant_type": "client_credential",
        "appid": settings.wechat_app_id,
        "secret": settings.wechat_app_secret,
        "force_refresh": False,
    }
    try:
        address = f"{settings.wechat_api_base}/cgi-bin/stable_token"
        async with http.post(address, json=grant, timeout=_TIMEOUT) as response:
            answer = await response.json(content_type=None)
            date = response.headers.get("Date")
    except Exception as error:
        return Finding("wechat", State.BAD, "wechat_silent", {"error": type(error).__name__}), None
    return _told(answer if isinstance(answer, dict) else {}), parsedate_to_datetime(date) if date else None


def _told(answer: dict[str, object]) -> Finding:
    if answer.get("access_token"):
        return Finding("wechat", State.OK, "wechat_ok")
    code = answer.get("errcode")
    if code != NOT_ALLOWED:
        what = _MENDS.get(code) if isinstance(code, int) else None
        return Finding("wechat", State.BAD, what or "wechat_refused", {"code": code})
    address = _ADDRESS.search(str(answer.get("errmsg", "")))
    if address is None:
        return Finding("wechat", State.BAD, "wechat_not_allowed", {"code": code})
    return Finding("wechat", State.BAD, "wechat_address_not_allowed", {"code": code, "address": address[0]})
