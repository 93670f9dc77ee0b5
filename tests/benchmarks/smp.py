"""Our features and linear model on the public SMP2017 split, against scikit-learn on Rasa's stock features and DIET."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "bench" / "smp2017_ecdt_zh"


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds to fit, seconds to label one text, and the share of test texts labelled right."""

    fitting: float
    labelling: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Split:
    """Texts with their intents."""

    texts: list[str]
    labels: list[str]

    def share_of(self, guessed: list[str]) -> float:
        """Which share of the guesses is right."""
        return sum(a == b for a, b in zip(guessed, self.labels, strict=True)) / len(self.labels)


def run(folder: Path) -> dict[str, Result]:
    """Ours first; the word lists of jieba are loaded before, and Rasa trains in an empty folder."""
    import jieba

    jieba.initialize()
    train, test = _read(FOLDER / "train.jsonl"), _read(FOLDER / "test.jsonl")
    return {
        "ours": _ours(train, test),
        "stock features, LogisticRegression": _stock(train, test),
        "Rasa (DIET)": asyncio.run(_diet(train, test, folder)),
    }


def _ours(train: Split, test: Split) -> Result:
    import numpy as np

    from bot.nlu import linear
    from bot.nlu.features import Featuriser
    from bot.nlu.lexicon import Lexicon
    from bot.nlu.text import normalise

    started = perf_counter()
    texts = [normalise(text) for text in train.texts]
    featuriser = Featuriser.fit(texts, Lexicon(()))
    known = np.array([featuriser.vector(text).known for text in texts], dtype=np.float32)
    model = linear.train(featuriser.matrix(texts), train.labels, known, groups=texts)
    fitted = perf_counter()
    guessed = [model.guesses(featuriser.vector(normalise(text)))[0].label for text in test.texts]
    ended = perf_counter()
    return Result(fitted - started, (ended - fitted) / len(test.texts), test.share_of(guessed))


def _stock(train: Split, test: Split) -> Result:
    """What JiebaTokenizer, two CountVectorsFeaturizers and LogisticRegressionClassifier come to."""
    import jieba
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    words = CountVectorizer(token_pattern=r"(?u)\b\w+\b")
    characters = CountVectorizer(analyzer="char_wb", ngram_range=(1, 4))
    model = make_pipeline(make_union(words, characters), LogisticRegression(class_weight="balanced", max_iter=100))
    started = perf_counter()
    model.fit([" ".join(jieba.cut(text)) for text in train.texts], train.labels)
    fitted = perf_counter()
    guessed = [str(model.predict([" ".join(jieba.cut(text))])[0]) for text in test.texts]
    ended = perf_counter()
    return Result(fitted - started, (ended - fitted) / len(test.texts), test.share_of(guessed))


async def _diet(train: Split, test: Split, folder: Path) -> Result:
    from tests.benchmarks import stock

    questions: dict[str, str] = {}
    for text, label in zip(train.texts, train.labels, strict=True):
        questions[label] = questions.get(label, "") + f"- {text}\n"
    fitting = stock.train(folder, "DIET", questions)
    async with stock.opened(folder) as subject:
        started = perf_counter()
        guessed = [await subject.parse(text) for text in test.texts]
        seconds = perf_counter() - started
    return Result(fitting, seconds / len(test.texts), test.share_of(guessed))


def _read(path: Path) -> Split:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return Split([row["text"] for row in rows], [row["intent"] for row in rows])
