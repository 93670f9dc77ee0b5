"""How likely each label is after an answer: by the message itself, and by the question and topic before it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import yaml

from bot.nlu.linear import LinearModel
from bot.nlu.reading import Reading
from bot.nlu.vocabulary import Floats

ASK, FAR = "ask/", "oos/far"
SHORT = 6
"""Characters up to which a message counts as short in full; a longer one counts less and less."""
LIGHT = 2
"""Characters of its own content up to which a message is light in full: it says nothing without the question before."""
REACH = 3
"""How far down the list of its neighbours a topic reaches; those that it names itself come first."""


class ContextWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What adds to the log-odds of a label after an answer; `gongyou nlu learn-context` learns it from conversations.

    `alone`: the score of the message by itself; `composed`: that of the earlier question with what the message names
    put in; `same`: the label is the topic that was answered; `family`: it lies near that topic, `next`: the nearer the
    more; `far`: it stands for all that has nothing to do with the paper; `outside`: the score by itself once more where
    the label is no topic, since thanks are thanks whatever went before. What ends in `_light` counts the more the
    less the message says by itself, in `_short` the more the shorter it is, in `_known` the more of its sounds the
    training questions have; `_replacing` for a message that names another thing of a kind (第二名呢), `_whether` for a message that asks whether something counts too (技师行吗), `_turning`
    for one that turns to something else (技师呢), `_asked` for one that asks for a side of a topic (钱从哪出).
    """

    alone: float = 5
    alone_light: float = -1
    composed_light: float = 1
    composed_replacing: float = 1
    same: float = 0
    same_light: float = 3
    same_short: float = 3
    same_whether: float = 1
    same_known: float = 2
    same_replacing: float = -1
    family: float = 0
    family_short: float = 1
    family_turning: float = 3
    next: float = 3
    far: float = 4
    far_light: float = -1
    far_asked: float = -1
    outside: float = 1


def read(path: Path) -> ContextWeights:
    """The weights of a file; raises msgspec.ValidationError."""
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), ContextWeights)


def chances(model: LinearModel, reading: Reading, alone: Floats, weights: ContextWeights) -> Floats:
    """How likely each of the model's labels is, in their order, for a reading with a context; 1 in all.

    `alone` has the scores of the message by itself.
    """
    odds = evidence(model, reading, alone) @ np.array(msgspec.structs.astuple(weights), dtype=np.float32)
    shares: Floats = np.exp(odds - odds.max())
    shares /= shares.sum()
    return shares


def evidence(model: LinearModel, reading: Reading, alone: Floats) -> Floats:
    """What speaks for each label: a row for each of the model's, a column for each weight."""
    if reading.context is None or reading.in_context is None:
        raise ValueError("the reading has no context")
    short = min(1.0, SHORT / max(1, reading.length))
    light = min(1.0, LIGHT / max(1, reading.own_content))
    topic = ASK + reading.context.topic
    near = [ASK + one for one in reading.context.family if ASK + one != topic]
    same, family, far = (_marked(model, labels) for labels in ({topic: 1.0}, dict.fromkeys(near, 1.0), {FAR: 1.0}))
    composed = model.scores(reading.in_context)
    columns = (
        *(alone, alone * light, composed * light, composed * reading.replaces),
        *(
            same,
            same * light,
            same * short,
            same * reading.whether,
            same * reading.alone.known,
            same * reading.replaces,
        ),
        *(family, family * short, family * reading.turning),
        _marked(model, {label: math.exp(-place / REACH) for place, label in enumerate(near)}),
        *(far, far * light, far * bool(reading.aspects)),
        alone * _marked(model, {label: 1.0 for label in model.labels if not label.startswith(ASK)}),
    )
    return np.stack(columns, axis=1)


def _marked(model: LinearModel, marks: Mapping[str, float]) -> Floats:
    found = np.zeros(len(model.labels), dtype=np.float32)
    for label, mark in marks.items():
        if label in model.places:
            found[model.places[label]] = mark
    return found
