"""What Rasa is asked for a text: a tapped choice says outright what it wants, anything else is to be understood."""

from __future__ import annotations

import json
import re

from policies_kb.model import KnowledgeBase
from policies_kb.query import named_outright

# Spaces too, since Rasa strips them: "/ /restart" would be a command again.
_COMMAND_SIGNS = re.compile(r"\A[/\s]+")


def payload(text: str, knowledge: KnowledgeBase) -> str:
    """Rasa's form for a known intent where the text is a topic's title or plain question, or the offer to check, else the text.

    A leading slash is Rasa's sign for such forms and for commands such as /restart, so a worker's own is taken off.
    """
    text = text.strip()
    topic = named_outright(knowledge, text)
    if topic is not None:
        return "/ask" + json.dumps({"topic": topic.id})
    if text == knowledge.replies["eligibility_offer"].text:
        return "/qualify"
    return _COMMAND_SIGNS.sub("", text) or " "
