"""Where a request comes from: its address behind proxies, and its browser."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from aiohttp import hdrs, web

from bot.accounts.model import Visit

VisitOf = Callable[[web.Request], Visit]

_LONGEST_BROWSER = 200
# The first that is found names it: most browsers also name those that they resemble.
_BROWSERS = {
    "MicroMessenger": "微信",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def visit_through(proxies: int) -> VisitOf:
    """Tells where requests come from when so many proxies of our own stand in front of the service."""

    def visit(request: web.Request) -> Visit:
        return Visit(_address(request, proxies), browser(request.headers.get(hdrs.USER_AGENT, "")))

    return visit


def browser(user_agent: str) -> str:
    """The browser and the system as people know them."""
    known = [
        next((name for mark, name in table.items() if mark in user_agent), None) for table in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(name for name in known if name) or user_agent[:_LONGEST_BROWSER]


def _address(request: web.Request, proxies: int) -> str:
    """Each proxy adds whom it was asked by at the end; what stands before that is whatever the client claims."""
    said = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    if not proxies or len(said) < proxies:
        return request.remote or ""
    try:
        return str(ipaddress.ip_address(said[-proxies].strip()))
    except ValueError:
        return request.remote or ""
