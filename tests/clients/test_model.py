"""What an administrator may type for a client, and what is refused with which field."""

from __future__ import annotations

import pytest

from bot.clients.model import Draft, Refused, drafted, new_key, new_public


def test_origins_are_taken_as_browsers_name_them() -> None:
    typed = [
        "https://WWW.Example.com/",
        "",
        " https://a.example:8443",
        "https://www.example.com",
        "http://localhost:3000",
    ]

    assert drafted("网站", "60", "1000", typed) == Draft(
        "网站", 60, 1000, ("https://www.example.com", "https://a.example:8443", "http://localhost:3000")
    )


@pytest.mark.parametrize(
    "origin",
    [
        "www.example.com",
        "http://www.example.com",
        "https://*.example.com",
        "https://www.example.com/path",
        "https://user@example.com",
        "https://a.example; script-src *",
        "https://a.example https://b.example",
        "null",
        "*",
        "https://",
        "https://-a.example",
    ],
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(Refused) as refused:
        drafted("网站", "60", "1000", [origin])

    assert refused.value.problems.keys() == {"origins"}


def test_all_fields_at_fault_are_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        drafted("", "0", "多", [f"https://a{number}.example" for number in range(21)])

    assert refused.value.problems.keys() == {"name", "per_minute", "per_day", "origins"}


def test_keys_and_names_differ() -> None:
    assert len({new_key() for _ in range(100)}) == len({new_public() for _ in range(100)}) == 100
