"""The gongyou command: one file for each group of subcommands."""

from __future__ import annotations

import sys

from bot.assistant.models import Damaged
from bot.assistant.training import TrainingFailed
from bot.cli.console import errors
from bot.cli.root import app
from bot.evaluation.cases import CasesInvalid
from bot.settings import SettingsInvalid
from bot.storage.database import DatabaseUnusable
from bot.workers import WorkersFailed
from policies_kb.errors import KnowledgeError

_MENDABLE = (
    SettingsInvalid,
    KnowledgeError,
    TrainingFailed,
    CasesInvalid,
    DatabaseUnusable,
    Damaged,
    WorkersFailed,
    OSError,
)


def main() -> None:
    """Run the command; errors that a person can mend are told plainly, with exit status 2."""
    try:
        app()
    except _MENDABLE as error:
        errors.print(str(error), style="red", markup=False)
        sys.exit(2)
