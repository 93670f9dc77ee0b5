"""A conversation about eligibility: keeps the slots from one action to the next, as Rasa does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import FollowupAction

from actions.check_eligibility import FORM, REQUESTED, CheckEligibility
from actions.edge import KnowledgeAction
from actions.list_benefits import ListBenefits
from actions.validate_eligibility_form import ValidateEligibilityForm
from policies_kb.model import KnowledgeBase

from .running import Outcome, run

INSURED, SINCE, WITHIN, EMPLOYED = "参保3年以上", "2017年1月1日起取证", "1年内申请", "是在职职工"
"""The conditions of the topic subsidy as a worker reads them."""
ACTIONS: Mapping[str, type[KnowledgeAction]] = {
    "action_check_eligibility": CheckEligibility,
    "action_list_benefits": ListBenefits,
    FORM: ValidateEligibilityForm,
}


class Talk:
    """What was said so far; `slots` can be set beforehand."""

    def __init__(self, content: KnowledgeBase | None = None, **slots: object) -> None:
        self.slots: dict[str, Any] = slots
        self._content = content

    async def ask(self, topic: str, text: str = "", **statement: Any) -> Outcome:
        """Ask whether one qualifies for a topic; what the form asks next is part of the outcome."""
        told = {"subject": "self", **statement}
        return await self._run("action_check_eligibility", f"ask/{topic}", "qualify", text, told)

    async def ask_for_all(self, **statement: Any) -> Outcome:
        """Ask what one may get."""
        return await self._run("action_list_benefits", "benefits", "benefits", "", statement)

    async def answer(
        self, text: str = "", *, label: str = "oos/unknown", number: int | None = None, **statement: Any
    ) -> Outcome:
        """Answer the form's question; a message that says nothing else is understood as nothing."""
        return await self._run(FORM, label, label.partition("/")[0], text, statement, number)

    async def resume(self) -> Outcome:
        """Come back to the form after another action, as Rasa does, with the message that interrupted it."""
        return await self._run(FORM, "ask/annuity", "ask", "", {})

    @property
    def asked(self) -> str | None:
        """The slot that the form asks for."""
        return self.slots.get(REQUESTED)

    @property
    def told(self) -> Mapping[str, bool | str]:
        """What is remembered of the worker."""
        return self.slots.get("stated") or {}

    async def _run(
        self, name: str, label: str, intent: str, text: str, statement: Mapping[str, object], number: int | None = None
    ) -> Outcome:
        entities = [("choice", str(number))] if number is not None else []
        outcome = await run(
            ACTIONS[name],
            label,
            intent=intent,
            text=text,
            entities=entities,
            slots=self.slots,
            content=self._content,
            statement=statement,
        )
        self.slots |= {event["name"]: event["value"] for event in outcome.events if event["event"] == "slot"}
        if FollowupAction(FORM) not in outcome.events:
            return outcome
        begun = await self._run(FORM, label, intent, text, statement)
        return Outcome(outcome.texts + begun.texts, begun.options, outcome.events + begun.events)


def progress(*missing: str) -> str:
    """How a worker stands with the subsidy whose conditions `missing` are still open."""
    return f"verdict_progress 考证补贴 {'；'.join(missing)}\noutcome_unknown 1年内可以申请。\n依据:《小文件》第3条"


async def asking(topic: str, **stated: object) -> Talk:
    """A conversation whose form has asked its first question."""
    talk = Talk()
    await talk.ask(topic, stated=stated)
    return talk
