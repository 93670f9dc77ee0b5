"""The parts of the pipeline stand without Rasa, whose import takes seconds."""

from __future__ import annotations

import subprocess
import sys

from bot.assistant.training import ROOT

PROGRAM = """
import importlib, pkgutil, sys
import bot.nlu
for module in pkgutil.iter_modules(bot.nlu.__path__):
    if not module.ispkg:
        importlib.import_module("bot.nlu." + module.name)
print(sorted(name for name in sys.modules if name.split(".")[0] in ("rasa", "rasa_sdk", "tensorflow")))
"""


def test_no_part_imports_rasa() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]", "keep what needs Rasa in bot/nlu/graph"
