"""The words of the hours, read from words.yml, and the hours that hold until somebody changes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords
from bot.hours.errors import Problem, Refused
from bot.hours.model import Hours, Targets
from bot.hours.reading import periods_of
from bot.hours.sheets import Names
from policies_kb.chinese_date import HERE


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    link: LinkWords
    everybody: str
    weekdays: tuple[str, ...]
    kinds: dict[str, str]
    columns: dict[str, str]
    sheet: str
    fields: dict[str, str]
    openings: dict[str, str]
    refusals: dict[str, str]
    notices: dict[str, str]

    @property
    def names(self) -> Names:
        """How everything is called in a file."""
        return Names(self.columns, self.weekdays, self.kinds)

    def problem(self, problem: Problem) -> str:
        """Why a field is refused."""
        return self.refusals[problem.refusal.value].format(**problem.values)

    def problems(self, refused: Refused) -> dict[str, str]:
        """For each field that is refused, why."""
        return {one.field: self.problem(one) for one in refused.problems}

    def opening(self, opens: datetime, now: datetime) -> str:
        """When it opens, as one says it now."""
        there, here = opens.astimezone(HERE), now.astimezone(HERE)
        away = (there.date() - here.date()) // timedelta(days=1)
        name = {0: "today", 1: "tomorrow"}.get(away, "later")
        values = {"time": f"{there.hour}:{there.minute:02}", "weekday": self.weekdays[there.weekday()]}
        return self.openings[name].format(**values, month=there.month, day=there.day)


class _Defaults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    week: tuple[str, str, str, str, str, str, str]
    targets: Targets


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)


@lru_cache(maxsize=1)
def default_hours() -> Hours:
    """The hours of a hotline that has not said when it works."""
    found = msgspec.yaml.decode(Path(__file__).with_name("defaults.yml").read_bytes(), type=_Defaults)
    return Hours(tuple(periods_of(text, "week") for text in found.week), {}, found.targets)
