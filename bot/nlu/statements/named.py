"""Flags and choices that a text states in words, with what denies them or makes them a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.lexicon import Match
from bot.nlu.statements.clause import Bounds, Clauses
from bot.nlu.statements.finder import Named, overlap
from bot.nlu.statements.words import StatementWords

NEAR = 16
"""What denies a word or asks for it stands within so many characters of it."""


def find(clauses: Clauses, words: StatementWords, heard: Sequence[Match]) -> list[Named]:
    """The flags and choices that a text states, in their order; of two for one slot the later counts.

    `heard` are entities that were found by their sound. A denied flag is the other one, a denied choice says nothing;
    需要在职吗 and 失业登记在哪办 state nothing, nor does the name of a benefit: 首席技师津贴.
    """
    text = clauses.text
    stated = []
    for named in _all(text, words, heard):
        clause = clauses.around(named.start)
        unstated = words.lists.speech.unstated.get(named.slot, ())
        if named.value in unstated or _asked(named, clause, text, words) or _names(named, clause, text, words):
            continue
        denied = _denied(named, clause, text, words)
        # 单位没有明确表示同意 neither states nor denies it.
        if not denied and words.negated.search(text, named.head, named.last):
            continue
        if named.slot in words.flags:
            stated.append(replace(named, value=(named.value == "true") is not denied))
        elif not denied:
            stated.append(named)
    return stated


def _all(text: str, words: StatementWords, heard: Sequence[Match]) -> list[Named]:
    """The words of the text in their order, without those within a longer word that says something else."""
    found = words.named.find(text)
    for entity, value, start, end in heard:
        if entity in words.entities:
            named = Named(words.entities[entity], value, start, end, end, start)
            if not any(named.slot == other.slot and overlap(named, other) for other in found):
                found.append(named)
    compounds = [match.span() for match in words.compounds.finditer(text)]
    whole = (named for named in found if not any(_cuts(named, compound) for compound in compounds))
    return sorted(whole, key=lambda named: named.start)


def _cuts(named: Named, compound: Bounds) -> bool:
    """Whether a word has but a part of a compound: 我失业 of 我失业保险."""
    first, last = compound
    return named.start < last and first < named.end and not (named.start <= first and last <= named.end)


def _denied(named: Named, clause: Bounds, text: str, words: StatementWords) -> bool:
    return _behind(words.denied, named, clause, text) or bool(words.lacking.match(text, named.end, clause[1]))


def _asked(named: Named, clause: Bounds, text: str, words: StatementWords) -> bool:
    """Whether the word is asked for or demanded, or no longer so: 需要在职, 在不在职, 在职吗, 失业登记咋办, 以前在职."""
    first, last = clause
    verb = text[named.last]
    if text.endswith((f"{verb}不", f"{verb}没"), first, named.last):
        return True
    if text.startswith((f"不{verb}", f"没{verb}"), named.end):
        return True
    if named.slot not in words.entities.values() and _behind(words.past, named, clause, text):
        return True
    if _behind(words.demanded, named, clause, text) or words.asked_for.match(text, named.end, last):
        return True
    return _closes(named, clause, text, words) or _in_general(named, clause, text, words)


def _names(named: Named, clause: Bounds, text: str, words: StatementWords) -> bool:
    """Whether the word is part of a benefit's name: 农民工职业技能提升计划, but not 我是农民工有补贴吗.

    Workers use some words for themselves even so: 高级技师补贴多少. A word with a gap is a sentence: 单位…同意.
    """
    a_sentence = named.last != named.start or words.verbs.match(text, named.start)
    if a_sentence or named.slot in words.lists.speech.names.spared:
        return False
    return bool(words.named_benefit.match(text, named.end - 1)) and not _behind(words.leads, named, clause, text)


def _behind(pattern: re.Pattern[str], named: Named, clause: Bounds, text: str) -> bool:
    """Whether the word, or its part behind a gap, stands behind a pattern that ends there."""
    return any(pattern.search(text, max(clause[0], place - NEAR), place) for place in {named.start, named.last})


def _closes(named: Named, clause: Bounds, text: str, words: StatementWords) -> bool:
    """Whether the clause asks for a flag at its end: 单位同意我留下吗, but not 退休了还能领吗."""
    last = clause[1]
    if named.slot not in words.flags or last - named.end > NEAR:
        return False
    match = words.closing.search(text, named.end, last)
    return bool(match and not words.verdicts.search(text, named.end, match.start()))


def _in_general(named: Named, clause: Bounds, text: str, words: StatementWords) -> bool:
    """关键岗位都有哪些 is about such posts, 我在关键岗位能领多少 about oneself; a level is stated all the same."""
    match = words.about.search(text, named.end, clause[1])
    if not match or named.slot in words.entities.values() or words.personal.search(text, named.end, match.start()):
        return False
    return not words.people.pattern.search(text, *clause)
