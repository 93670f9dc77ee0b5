"""Plain data against a content type: every mismatch with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from policies_kb import schema, yaml_source
from policies_kb.model import CannedReply, Contact, Document, Fact, MenuButton


def mismatches(tmp_path: Path, text: str, kind: Any) -> list[str]:
    path = tmp_path / "file.yml"
    path.write_text(text, encoding="utf-8")
    source, _ = yaml_source.read(path)
    assert source is not None
    value, problems = schema.convert(source, kind)
    assert (value is None) == bool(problems)
    return [str(problem).removeprefix(f"{path}:") for problem in problems]


def test_data_that_fits_becomes_the_type(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_text("greet: {text: hello, examples: [annuity]}", encoding="utf-8")
    source, _ = yaml_source.read(path)
    assert source is not None

    assert schema.convert(source, dict[str, CannedReply]) == ({"greet": CannedReply("hello", ("annuity",))}, ())


def test_every_mismatch_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = "id: paper\ntitle: [a]\nissued: yesterday\ncolour: red\nitems:\n  - {number: 1, heading: 甲}\n  - 乙\n"

    assert mismatches(tmp_path, text, Document) == [
        "2: title: Expected `str`, got `array`; give a value of that type",
        "3: issued: Expected `date`, got `str`; give a value of that type",
        "4: the key colour is not known here; use one of id, title, issuer, issued, note, items",
        "6: the key cite is missing in items.0; add cite: …",
        "7: items.1: Expected `object`, got `str`; give a value of that type",
        "1: the key issuer is missing in the file; add issuer: …",
        "1: the key note is missing in the file; add note: …",
    ]


def test_unknown_enum_value_names_itself(tmp_path: Path) -> None:
    text = "{name: a, aspect: colour, label: b, value: 1, item: 1, when: {colour: red}}"

    found = mismatches(tmp_path, text, Fact)

    assert len(found) == 2
    assert "colour" in found[0]
    assert "colour" in found[1]


def test_nested_buttons_are_checked_too(tmp_path: Path) -> None:
    text = "- name: 甲\n  buttons:\n    - {nam: 乙}\n"

    assert mismatches(tmp_path, text, tuple[MenuButton, ...]) == [
        "3: the key nam is not known here; use one of name, ask, url, buttons",
        "3: the key name is missing in 0.buttons.0; add name: …",
    ]


def test_key_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    text = "12: {name: a, number: b, hours: c, helps_with: d}\n"

    assert mismatches(tmp_path, text, dict[str, Contact]) == ["1: the key 12 is not text; put it in quotes"]


def test_empty_file_is_a_problem(tmp_path: Path) -> None:
    assert mismatches(tmp_path, "", dict[str, Contact]) == [
        "1: the file: Expected `object`, got `null`; give a value of that type"
    ]
