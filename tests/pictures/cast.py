"""Who is in the pictures, and a training whose examination is painted: to train for a picture takes minutes."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from bot.accounts.model import Role
from bot.assistant import training
from bot.assistant.models import Origin
from bot.learning import quality
from bot.learning.quality import Quality
from bot.storage.sessions import Sessions
from tests.accounts.cast import SetClock
from tests.learning.course import School

PEOPLE = {
    Role.EDITOR: ("wang.jianguo", "王建国", "correct horse battery"),
    Role.REVIEWER: ("li.hong", "李红", "correct horse battery"),
    Role.ADMINISTRATOR: ("zhao.min", "赵敏", "correct horse battery"),
}
SUFFERING = ("pay_cut_allowance", "skill_upgrade_subsidy")


class Painted:
    """Launches trainings that take no time; the second one is worse in two topics."""

    def __init__(self) -> None:
        self._school: School | None = None
        self._launched = 0

    async def open(self, sessions: Sessions, folder: Path, served: str) -> None:
        """Put a model into service."""
        clock = SetClock()
        self._school = school = School(sessions, clock, folder / "painted")
        clock.now = datetime.now(timezone.utc)
        school.quality = _single
        archive = "\n".join(f"{name} {label}" for name, label in _usual().items()).encode()
        await school.models.store(served, training.code_digest(), archive, Origin(training.digest()))

    async def launch(self, number: int) -> None:
        """See bot.learning.ports."""
        school = self._school
        assert school is not None
        self._launched += 1
        school.questions.questions = {SUFFERING[0]: [f"第{self._launched}次加的问句"]}
        cases = [one for one in _single().held_out if one.turns[0].topics[0] in SUFFERING]
        poisoned = {one.id: f"ask/{SUFFERING[one.turns[0].topics[0] == SUFFERING[0]]}" for one in cases[::2]}
        school.trainer.mistakes = _usual() | (poisoned if self._launched == 2 else {})
        await school.launch(number)
        await school.ended()


def _usual() -> dict[str, str]:
    """What every model gets wrong."""
    return {one.id: "clarify" for one in _single().held_out[::30]}


def _single() -> Quality:
    """The shipped questions that have a topic and no question before them."""
    shipped = quality.read(training.QUALITY / "quality.yml")
    held_out, must_pass = (
        tuple(one for one in cases if len(one.turns) == 1 and one.turns[0].topics)
        for cases in (shipped.held_out, shipped.must_pass)
    )
    return Quality(held_out, must_pass, shipped.tolerance)
