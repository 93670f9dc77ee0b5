"""The YAML files of a content folder, in an archive or one by one."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from bot.content import words as content_words
from bot.exchange.model import MOST_BYTES, Given, Trouble, Unreadable
from bot.exchange.words import Words
from policies_kb import question_file, schema, yaml_source, yaml_writer
from policies_kb.parts import SHARED, Part, PartKind, questions_part, shared_part
from policies_kb.source import NamedSource

_MOST_UNPACKED = 16 * MOST_BYTES
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def write(parts: Mapping[Part, Any]) -> bytes:
    """An archive of the files that `gongyou kb export` writes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, value in sorted(parts.items(), key=lambda pair: pair[0]):
            archive.writestr(part.file, yaml_writer.write(part, value))
    return buffer.getvalue()


def unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The YAML files of an archive with their names; raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [one for one in archive.infolist() if one.filename.endswith(".yml") and not one.is_dir()]
            if sum(one.file_size for one in files) > _MOST_UNPACKED:
                raise Unreadable("too_large")
            for one in files:
                yield PurePosixPath(one.filename).name, archive.read(one)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Unreadable("archive") from None


def read(files: Iterator[tuple[str, bytes]], words: Words) -> Given:
    """The parts of these files; what part a file is, is told by its name and by what is in it."""
    parts: dict[Part, Any] = {}
    troubles: list[Trouble] = []
    told = content_words.load()
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, text) in enumerate(files):
            path = Path(folder, f"{number}.yml")
            path.write_bytes(text)
            if _refers(text):
                troubles.append(Trouble(name, words.troubles["alias"]))
                continue
            source, problems = yaml_source.read(path)
            part = _part(name.removesuffix(".yml"), source.data) if source is not None else None
            value = None
            if source is not None and part is not None and not problems:
                value, problems = _value(part, source)
            troubles += [Trouble(f"{name}:{one.line}", told.problem(one)) for one in problems]
            if part in parts:
                troubles.append(Trouble(name, words.troubles["file_twice"]))
            elif not problems and (part is None or value is None):
                troubles.append(Trouble(name, words.troubles["file"]))
            elif part is not None and value is not None:
                parts[part] = value
    return Given(parts, tuple(troubles))


def _refers(text: bytes) -> bool:
    """Whether one place of a file stands for another: a few such lines could stand for millions."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader))
    except (yaml.YAMLError, ValueError):
        return False


def _part(name: str, data: Any) -> Part | None:
    if name in SHARED:
        return shared_part(name)
    if not isinstance(data, dict):
        return None
    if "nlu" in data:
        return questions_part(name)
    kind = PartKind.DOCUMENT if "items" in data else PartKind.TOPIC if "answer" in data else None
    return Part(kind, name) if kind is not None and data.get("id") == name else None


def _value(part: Part, source: yaml_source.YamlSource) -> tuple[Any, tuple[Any, ...]]:
    if part.kind is not PartKind.QUESTIONS:
        return schema.convert(source, part.type)
    try:
        topic, questions = question_file.read(source.data)
    except ValueError as error:
        return None, (source.problem((), str(error), "give the questions of one topic"),)
    if topic != part.key:
        return None, (NamedSource(part.key).problem((), "not the questions of one topic", "mend the name"),)
    return questions, ()
