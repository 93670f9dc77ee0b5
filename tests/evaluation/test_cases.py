"""Files of test questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation import cases
from bot.evaluation.cases import Case, CasesInvalid, Turn

LINE = (
    '{"id": "f-1", "kind": "followup", "turns": [{"say": "年金", "topics": ["annuity"], "art": [12]}, {"say": "嗯"}]}'
)


def test_cases_of_all_files_are_read_in_order(tmp_path: Path) -> None:
    paths = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    paths[0].write_text(f"{LINE}\n{LINE.replace('f-1', 'f-2')}\n", encoding="utf-8")
    paths[1].write_text(LINE.replace("f-1", "f-3"), encoding="utf-8")

    found = cases.read(paths)

    assert [one.id for one in found] == ["f-1", "f-2", "f-3"]
    assert found[0] == Case("f-1", "followup", (Turn("年金", ("annuity",)), Turn("嗯")))


@pytest.mark.parametrize("line", ["{", "", "[]", '{"id": "f-1"}', '{"id": 1, "kind": "fact", "turns": []}'])
def test_line_of_another_shape_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(f"{LINE}\n{line}\n", encoding="utf-8")

    with pytest.raises(CasesInvalid, match=r"one\.jsonl:2: .*; give one JSON object a line"):
        cases.read([path])
