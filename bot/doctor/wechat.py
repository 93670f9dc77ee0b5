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
_PLATFORM = "on the platform's page, 设置与开发 › 基本配置"
_MENDS = {
    40013: f"WECHAT_APP_ID is not this account's: copy the AppID from {_PLATFORM}",
    40125: f"WECHAT_APP_SECRET is wrong or was reset: make a new AppSecret {_PLATFORM}",
    40001: f"WECHAT_APP_SECRET is wrong or was reset: make a new AppSecret {_PLATFORM}",
    40243: f"the AppSecret is frozen: thaw it {_PLATFORM}",
    45009: "the day's quota of calls is used up: wait for the next day, or clear it on the platform's page",
    50007: "the account is blocked: see the notices on the platform's page",
}
NOT_ALLOWED = 40164


async def token(settings: Settings, http: aiohttp.ClientSession) -> tuple[Finding, datetime | None]:
    """Ask for the access token, which does no harm to the one in use; also the time on WeChat's clock."""
    if not settings.wechat_app_id or not settings.wechat_app_secret:
        told = "WECHAT_APP_ID and WECHAT_APP_SECRET are not both set: no menu, no messages of our own"
        return Finding("wechat", State.OFF, told), None
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
        mend = "check that this machine reaches WECHAT_API_BASE (firewall, DNS, proxy)"
        return Finding("wechat", State.BAD, f"does not answer: {type(error).__name__}", mend), None
    return _told(answer if isinstance(answer, dict) else {}), parsedate_to_datetime(date) if date else None


def _told(answer: dict[str, object]) -> Finding:
    if answer.get("access_token"):
        return Finding("wechat", State.OK, "gives a token; this machine is on the IP allow-list")
    code = answer.get("errcode")
    if code == NOT_ALLOWED:
        address = _ADDRESS.search(str(answer.get("errmsg", "")))
        whose = f"put {address[0]}" if address else "put this machine's outgoing address"
        told = f"{NOT_ALLOWED}: this machine is not on the IP allow-list"
        return Finding("wechat", State.BAD, told, f"{whose} on the list (IP白名单) {_PLATFORM}")
    known = _MENDS.get(code) if isinstance(code, int) else None
    return Finding("wechat", State.BAD, f"refuses the token: {code}", known or "look the code up in WeChat's manual")
