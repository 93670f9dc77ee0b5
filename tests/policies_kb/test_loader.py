"""The content folder as a whole."""

from __future__ import annotations

import pytest

from policies_kb import loader
from policies_kb.errors import ContentInvalid

from .conftest import Folder


def problems_of(content: Folder) -> list[str]:
    with pytest.raises(ContentInvalid) as error:
        loader.load(content.path)
    assert str(error.value) == "\n".join(map(str, error.value.problems))
    return [str(problem).removeprefix(f"{content.path}/") for problem in error.value.problems]


def test_good_folder_is_loaded_with_its_files(content: Folder) -> None:
    loaded = loader.load_with_sources(content.path)

    assert list(loaded.knowledge.topics) == ["allowance", "annuity", "closed", "prize", "subsidy"]
    assert list(loaded.knowledge.documents) == ["paper"]
    assert loaded.topic_sources["prize"].path == content.path / "topics" / "prize.yml"
    assert loaded.knowledge.menu[0].buttons[0].ask == "年金谁出钱"


def test_all_problems_of_all_files_are_told_at_once(content: Folder) -> None:
    (content.path / "menu.yml").unlink()
    content.change("contacts.yml", '"12351"', "12351")
    content.change("topics/annuity.yml", "title: 企业年金", "titel: 企业年金")
    content.change("topics/prize.yml", "id: prize", "id: prizes")
    content.change("notices.yml", "newer:", "newer: [")

    assert problems_of(content) == [
        (
            "topics/annuity.yml:3: the key titel is not known here; use one of "
            "id, title, question, audience, answer, hotline, facts, contact, sources, valid_from, review_by, owner, "
            "conditions, outcome, steps, materials, notices, related, valid_to, successor, suspended"
        ),
        "topics/annuity.yml:2: the key title is missing in the file; add title: …",
        "topics/prize.yml:2: the id is not the file's name (prize); make them the same",
        "contacts.yml:4: union.number: Expected `str`, got `int`; give a value of that type",
        "notices.yml:4: did not find expected ',' or ']'; mend the YAML: check indentation, quotes and colons",
        "menu.yml:1: the file is missing; restore it",
    ]


def test_integrity_is_checked_where_every_file_has_its_shape(content: Folder) -> None:
    content.change("topics/annuity.yml", "contact: social_security", "contact: nobody")

    assert problems_of(content) == [
        "topics/annuity.yml:15: the contact nobody does not exist; use one of union, social_security"
    ]


@pytest.mark.parametrize("folder", ["documents", "topics"])
def test_folder_without_files_is_a_problem(content: Folder, folder: str) -> None:
    for path in (content.path / folder).iterdir():
        path.unlink()

    assert problems_of(content) == [f"{folder}:1: the folder has no content; add a file to it"]


def test_shipped_content_passes() -> None:
    content, problems = loader.read()

    assert problems == ()
    assert content is not None
    assert len(content.knowledge.topics) >= 100
