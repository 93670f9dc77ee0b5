"""The pages of clients: a key shown once, limits and origins changed with a reason, stopped and let on."""

from __future__ import annotations

import re

import pytest

from bot.clients.live import LiveClients

from .people import Person

People = dict[str, Person]
FIELDS = {"name": "市总网站", "per_minute": "30", "per_day": "5000", "origins": "https://www.example.com\n"}
KEY = re.compile(r"gongyou_[\w-]{43}")


@pytest.fixture
def admin(people: People) -> Person:
    return people["admin"]


async def added(admin: Person) -> str:
    response = await admin.post("/admin/clients", FIELDS)
    assert response.status == 200
    found = KEY.search(await response.text())
    assert found is not None
    return found[0]


async def test_new_client_has_a_key_that_is_shown_once(admin: Person, clients: LiveClients) -> None:
    key = await added(admin)

    client = clients.with_key(key)
    assert client is not None
    pages = [await (await admin.get(path)).text() for path in ("/admin/clients", "/admin/clients/1")]
    assert not any(KEY.search(page) or client.key_hash in page for page in pages)
    assert f"/widget.js&#34; data-client=&#34;{client.public}" in pages[1].replace('"', "&#34;")
    log = await (await admin.get("/admin/audit?kind=client")).text()
    assert all(text in log for text in ("新建", "市总网站", "https://www.example.com"))
    assert not KEY.search(log)


async def test_limits_and_origins_are_changed(admin: Person, clients: LiveClients) -> None:
    key = await added(admin)
    changed = {**FIELDS, "per_minute": "5", "origins": "", "reason": "太多"}

    assert (await admin.post("/admin/clients/1/change", changed)).status == 303

    client = clients.with_key(key)
    assert client is not None
    assert (client.draft.per_minute, client.draft.origins) == (5, ())
    assert "太多" in await (await admin.get("/admin/audit?kind=client&verb=change")).text()


async def test_client_is_stopped_and_let_on(admin: Person, clients: LiveClients) -> None:
    key = await added(admin)

    await admin.post("/admin/clients/1/disable", {"reason": "泄露"})
    assert clients.with_key(key) is None
    assert "已停用" in await (await admin.get("/admin/clients")).text()

    await admin.post("/admin/clients/1/enable", {"reason": "好了"})
    assert clients.with_key(key) is not None


async def test_new_key_takes_the_place_of_the_old_one(admin: Person, clients: LiveClients) -> None:
    old = await added(admin)

    page = await (await admin.post("/admin/clients/1/key", {"reason": "泄露"})).text()

    found = KEY.search(page)
    assert found is not None
    assert clients.with_key(old) is None
    assert clients.with_key(found[0]) is not None


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("", {"name": ""}, "名称要填"),
        ("", {"per_minute": "0"}, "每分钟的次数"),
        ("", {"per_day": "很多"}, "每天的次数"),
        ("", {"origins": "example.com"}, "不带路径；这一行不对：example.com"),
        ("", {}, "这个名称已经有了"),
        ("/1/change", {}, "写明原因"),
        ("/1/change", {"per_minute": "x"}, "写明原因"),
        ("/1/disable", {}, "写明原因"),
        ("/1/key", {}, "写明原因"),
    ],
)
async def test_what_is_not_filled_in_right_changes_nothing(
    admin: Person, clients: LiveClients, path: str, fields: dict[str, str], told: str
) -> None:
    key = await added(admin)

    response = await admin.post(f"/admin/clients{path}", {**FIELDS, **fields})

    assert response.status == 422
    page = await response.text()
    assert told in page
    assert "30" in page or "per_minute" in fields
    assert clients.with_key(key) is not None
    assert len(await clients.everyone()) == 1


async def test_name_of_another_client_is_refused(admin: Person, clients: LiveClients) -> None:
    await added(admin)
    await admin.post("/admin/clients", {**FIELDS, "name": "小程序"})

    response = await admin.post("/admin/clients/1/change", {**FIELDS, "name": "小程序", "reason": "x"})

    assert response.status == 422
    assert "这个名称已经有了" in await response.text()
