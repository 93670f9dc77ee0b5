"""The model that a command works with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.assistant import training
from bot.settings import Settings


def up_to_date_model(chosen: Settings) -> Path:
    """The model for the data as it is now; it is trained in a process of its own, whose memory is then free again.

    Raises TrainingFailed when there is none in the end.
    """
    model = training.current_model(chosen.models)
    if model is None:
        subprocess.run([sys.executable, "-m", "bot", "train", "--no-use"], check=False, stdout=subprocess.DEVNULL)
        model = training.current_model(chosen.models)
    if model is None:
        raise training.TrainingFailed("training left no model; run `gongyou train` to see why")
    return model
