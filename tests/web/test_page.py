"""The chat page and its files, as they come from the server."""

from __future__ import annotations

import re
from typing import TypeAlias

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from .fakes import WELCOME, FakeConversation, reply

Client: TypeAlias = TestClient[web.Request, web.Application]

FILES = {
    "base.css": "text/css",
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "eligibility.css": "text/css",
    "favicon.svg": "image/svg+xml",
}


async def _page(client: Client) -> str:
    async with client.get("/") as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        return await response.text()


async def test_page_greets_with_the_welcome_and_its_example_questions(client: Client) -> None:
    html = await _page(client)

    message = WELCOME.messages[0]
    assert message.text in html
    for option in message.options:
        assert f">{option}</button>" in html


async def test_page_escapes_the_welcome(client: Client, conversation: FakeConversation) -> None:
    conversation.welcome = reply("<script>alert('x')</script>", "<b>点我</b>")

    html = await _page(client)

    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in html
    assert "&lt;b&gt;点我&lt;/b&gt;" in html
    assert "<script>alert" not in html


async def test_page_is_safe_against_injection_framing_and_leaking(client: Client) -> None:
    async with client.get("/") as response:
        headers = response.headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-cache"


async def test_page_keeps_its_own_policy(client: Client) -> None:
    html = await _page(client)

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", html)


async def test_page_says_what_holds_without_javascript_and_at_all(client: Client) -> None:
    html = await _page(client)

    assert re.search(r"<noscript>.*请在浏览器设置里打开 JavaScript.*</noscript>", html, re.DOTALL)
    assert "答案来自审核过的政策内容，仅供参考，以经办部门答复为准" in html


async def test_page_leads_to_the_eligibility_form(client: Client) -> None:
    assert '<a class="side" href="/eligibility">符不符合，自己查</a>' in await _page(client)


async def test_files_of_the_page_exist(client: Client) -> None:
    html = await _page(client)

    for path in set(re.findall(r"/static/[\w.-]+", html)):
        async with client.get(path) as response:
            assert response.status == 200, path


@pytest.mark.parametrize(("name", "content_type"), FILES.items())
async def test_file_has_its_type_and_is_asked_for_again(client: Client, name: str, content_type: str) -> None:
    async with client.get(f"/static/{name}") as response:
        assert response.content_type == content_type
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-cache"
        tag = response.headers["ETag"]

    async with client.get(f"/static/{name}", headers={"If-None-Match": tag}) as response:
        assert response.status == 304


@pytest.mark.parametrize("path", ["nothing.js", "..%2Fviews.py", "%2e%2e%2fviews.py", "..%2Ftemplates%2Fchat.html"])
async def test_nothing_else_is_served(client: Client, path: str) -> None:
    async with client.get(f"/static/{path}") as response:
        assert response.status == 404


async def test_script_builds_no_html_from_text(client: Client) -> None:
    async with client.get("/static/chat.js") as response:
        script = await response.text()

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", script)
