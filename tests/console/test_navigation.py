"""The navigation is in parts, each with the links that its paths take."""

from __future__ import annotations

import re

from bot.accounts.words import load

from .people import Person


def parts(page: str) -> list[tuple[str, list[str]]]:
    """Each part's title with the addresses below it."""
    navigation = page.partition('<nav class="places"')[2].partition("</nav>")[0]
    _, *found = navigation.split('<span class="place">')
    return [(one.partition("<")[0], re.findall(r'href="([^"]+)"', one)) for one in found]


async def test_links_stand_in_their_parts_once_and_those_of_other_roles_nowhere(people: dict[str, Person]) -> None:
    admins = parts(await (await people["admin"].get("/admin/")).text())
    agents = parts(await (await people["agent"].get("/admin/")).text())

    titles = [title for title, _ in admins]
    assert titles == sorted(titles, key=[place.title for place in load().places].index)
    links = {path: title for title, paths in admins for path in paths}
    assert sum(len(paths) for _, paths in admins) == len(links)
    assert (links["/desk/replies"], links["/admin/trial"], links["/admin/users"]) == ("服务台", "内容", "管理")
    assert [title for title, _ in agents] == ["服务台", "管理"]
    assert agents[1][1] == ["/admin/account"]


async def test_current_page_is_marked_once(people: dict[str, Person]) -> None:
    page = await (await people["admin"].get("/admin/content")).text()

    navigation = page.partition('<nav class="places"')[2].partition("</nav>")[0]
    assert navigation.count('aria-current="page"') == 1
    assert '<a href="/admin/content" aria-current="page">' in navigation
