"""The model that a command works with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.assistant import training
from bot.assistant.training import Questions
from bot.settings import Settings


def up_to_date_model(chosen: Settings, questions: Questions | None = None) -> Path:
    """The model for the files as they are now, and for the questions that were added in the console where they are given.

    It is trained in a process of its own, whose memory is then free again. Raises TrainingFailed when there is none in
    the end.
    """
    model = training.current_model(chosen.models, questions)
    if model is None:
        command = [sys.executable, "-m", "bot", "train", "--no-use", *([] if questions else ["--files-only"])]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - Nothing in it comes from outside.
        model = training.current_model(chosen.models, questions)
    if model is None:
        raise training.TrainingFailed("training left no model; run `gongyou train` to see why")
    return model
