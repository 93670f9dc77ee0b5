"""A topic's own questions as a training file: it can be put below nlu_data/nlu/ as it is."""

from __future__ import annotations

from typing import Any

from policies_kb.parts import Questions

_BULLET = "- "
_FORBIDDEN = "[]{}\n"
LONGEST = 100


def data_of(topic_id: str, questions: Questions) -> dict[str, Any]:
    """What stands in the file."""
    examples = "".join(f"{_BULLET}{text}\n" for text in questions.examples)
    return {"version": "3.1", "nlu": [{"intent": f"ask/{topic_id}", "examples": examples}]}


def read(data: Any) -> tuple[str, Questions]:
    """The topic and its questions of a file of one topic; raises ValueError for anything else."""
    try:
        (block,) = data["nlu"]
        group, _, topic = block["intent"].partition("/")
        lines = [line.strip() for line in block["examples"].splitlines() if line.strip()]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ValueError("not the questions of one topic") from None
    if group != "ask" or not topic or any(not line.startswith(_BULLET) for line in lines):
        raise ValueError("not the questions of one topic")
    return topic, Questions(tuple(line.removeprefix(_BULLET).strip() for line in lines))


def well_formed(question: str) -> bool:
    """Whether a text can stand in a training file: brackets have a meaning there."""
    return 0 < len(question) <= LONGEST and not any(sign in question for sign in _FORBIDDEN)
