"""Export: what is read again is the same, files that say the same stay as they are, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from policies_kb import loader, yaml_writer
from policies_kb.model import KnowledgeBase
from policies_kb.parts import parts_of, topic_part
from tests.factories import topic


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(loader.CONTENT, tmp_path / "content"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yml")}


def test_exported_content_is_read_again_without_change(shipped: KnowledgeBase, tmp_path: Path) -> None:
    yaml_writer.export(parts_of(shipped), tmp_path)

    assert loader.load(tmp_path) == shipped


def test_second_export_writes_nothing(shipped: KnowledgeBase, tmp_path: Path) -> None:
    yaml_writer.export(parts_of(shipped), tmp_path)
    first = contents(tmp_path)

    assert yaml_writer.export(parts_of(shipped), tmp_path) == []
    assert contents(tmp_path) == first


def test_shipped_files_stay_byte_for_byte(shipped: KnowledgeBase, copy: Path) -> None:
    assert yaml_writer.export(parts_of(shipped), copy) == []
    assert contents(copy) == contents(loader.CONTENT)


def test_files_are_written_in_the_style_of_the_shipped_ones(shipped: KnowledgeBase, tmp_path: Path) -> None:
    yaml_writer.export(parts_of(shipped), tmp_path)
    ours, theirs = (
        {line for text in contents(folder).values() for line in text.decode().splitlines() if line.strip()}
        for folder in (tmp_path, loader.CONTENT)
    )

    assert len(ours & theirs) > 0.8 * len(theirs)


def test_changed_topic_keeps_its_heading_and_nothing_else_is_written(shipped: KnowledgeBase, copy: Path) -> None:
    path = copy / "topics" / "annuity.yml"
    before = path.read_text("utf-8")
    changed = msgspec.structs.replace(shipped.topics["annuity"], owner="新的一组")

    written = yaml_writer.export(parts_of(shipped) | {topic_part("annuity"): changed}, copy)

    assert written == [path]
    assert path.read_text("utf-8") == before.replace(f"owner: {shipped.topics['annuity'].owner}", "owner: 新的一组")


def test_topic_that_is_gone_is_gone_from_the_folder(shipped: KnowledgeBase, copy: Path) -> None:
    parts = parts_of(shipped)
    del parts[topic_part("annuity")]

    assert yaml_writer.export(parts, copy) == [copy / "topics" / "annuity.yml"]
    assert not (copy / "topics" / "annuity.yml").exists()


@pytest.mark.parametrize("text", ["一行\n两行", "{who}先", "yes", "2017-01-01", "12351", '带"引号"', "- 一", "尾 # 注"])
def test_any_text_comes_back(text: str, tmp_path: Path) -> None:
    part, value = topic_part("annuity"), topic(answer=text, audience=text, steps=(text,))
    yaml_writer.export({part: value}, tmp_path)

    from policies_kb import schema, yaml_source

    source, problems = yaml_source.read(tmp_path / part.file)
    assert source is not None
    assert (schema.convert(source, part.type), problems) == ((value, ()), ())
