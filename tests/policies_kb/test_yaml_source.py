"""One YAML file with the line of every value."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies_kb import yaml_source
from policies_kb.errors import Problem
from policies_kb.yaml_source import YamlSource

TEXT = """\
# comment
id: annuity
facts:
  - name: payer
    value: 企业
  - name: rate
"""


def read(tmp_path: Path, text: str | bytes) -> tuple[YamlSource | None, tuple[Problem, ...]]:
    path = tmp_path / "file.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return yaml_source.read(path)


def test_every_key_path_has_its_line(tmp_path: Path) -> None:
    source, problems = read(tmp_path, TEXT)

    assert source is not None
    assert problems == ()
    assert source.data["facts"][0] == {"name": "payer", "value": "企业"}
    assert {key: source.lines[key] for key in [("id",), ("facts", 0, "value"), ("facts", 1)]} == {
        ("id",): 2,
        ("facts", 0, "value"): 5,
        ("facts", 1): 6,
    }


@pytest.mark.parametrize(
    ("where", "line"), [(("id",), 2), (("facts", 0, "unit"), 4), (("facts", 7, "name"), 3), (("nothing",), 2), ((), 2)]
)
def test_problem_stands_at_the_nearest_key_above(tmp_path: Path, where: tuple[str | int, ...], line: int) -> None:
    source, _ = read(tmp_path, TEXT)

    assert source is not None
    assert str(source.problem(where, "what", "remedy")) == f"{tmp_path}/file.yml:{line}: what; remedy"


def test_doubled_keys_are_problems_beside_the_data(tmp_path: Path) -> None:
    source, problems = read(tmp_path, "a: 1\nb: {c: 1,\n  c: 2}\na: 3\n")

    assert source is not None
    assert [(problem.line, problem.what) for problem in problems] == [
        (3, "the key c stands twice"),
        (4, "the key a stands twice"),
    ]


def test_empty_file_has_no_data(tmp_path: Path) -> None:
    source, problems = read(tmp_path, "# only a comment\n")

    assert (source and source.data, problems) == (None, ())
    assert source is not None
    assert source.problem(("id",), "what", "remedy").line == 1


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        ("a: 1\n标题: 甲\n".encode("gbk"), 1, "the file is not UTF-8", "save it as UTF-8"),
        ("a: 1\nb: [1, 2\n", 3, "did not find expected", "mend the YAML"),
        ("a: 1\n? [b]\n: 2\n", 2, "unhashable", "mend the YAML"),
        ("a: \x01", 1, "the file is not YAML", "mend the YAML"),
        ("id: a\nvalid_from: 2017-02-30\n", 2, "2017-02-30 cannot be read", "mend the date"),
    ],
    ids=["encoding", "syntax", "key", "control", "date"],
)
def test_file_that_cannot_be_read_is_one_problem(
    tmp_path: Path, text: str | bytes, line: int, what: str, remedy: str
) -> None:
    source, (problem,) = read(tmp_path, text)

    assert source is None
    assert (problem.path.name, problem.line) == ("file.yml", line)
    assert what in problem.what
    assert remedy in problem.remedy
