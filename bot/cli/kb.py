"""Commands on the knowledge base."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.assistant.training import NLU_DATA
from bot.cli import kb_exchange
from bot.cli.console import errors, output
from policies_kb import document_text, loader
from policies_kb.checks import document, questions
from policies_kb.errors import DocumentUnreadable, Problem

app = typer.Typer(help="Check, import and export the policy knowledge base.", no_args_is_help=True)
app.command("import")(kb_exchange.import_)
app.command("export")(kb_exchange.export)


@app.command()
def check(
    content: Annotated[Path, typer.Option(help="The content folder.")] = loader.CONTENT,
    nlu: Annotated[Path, typer.Option(help="The folder of what the assistant understands.")] = NLU_DATA,
) -> None:
    """Check all content and print every problem with its place and remedy; exit status 1 when there is one.

    Where the text of a document was imported, each fact is looked for in the text of its item.
    """
    loaded, problems = loader.read(content)
    found: list[Problem] = list(problems)
    looked_for = 0
    if loaded is not None:
        found += questions.check(loaded, nlu)
        for path in sorted(settings.read(os.environ).documents.glob("*.json")):
            found += document.check(loaded, path.stem, document_text.read(path))
            looked_for += 1
    for problem in found:
        output.print(f"[ERROR] {problem}", markup=False)
    if found or loaded is None:
        errors.print(f"{len(found)} problems", style="red")
        raise typer.Exit(1)
    knowledge = loaded.knowledge
    facts = sum(len(topic.facts) for topic in knowledge.topics.values())
    output.print(f"{len(knowledge.topics)} topics, {facts} facts, {questions.count(nlu)} questions: no problem found")
    if not looked_for:
        output.print("Facts were not compared with a document's text: import it with `gongyou kb import-document`.")


@app.command("import-document")
def import_document(
    file: Annotated[Path, typer.Argument(help="The policy paper as UTF-8 text.", exists=True, dir_okay=False)],
    document_id: Annotated[str, typer.Option("--id", help="The document's id in the content.")] = "heilongjiang-2017",
) -> None:
    """Split a policy paper into its numbered items and keep them here, so that `kb check` compares facts with them."""
    known = loader.load().documents
    if document_id not in known:
        raise DocumentUnreadable(f"no document has the id {document_id}; use one of {', '.join(known)}")
    try:
        items = document_text.split(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise DocumentUnreadable(f"{file} is not UTF-8; save it as UTF-8 text") from None
    path = settings.read(os.environ).documents / f"{document_id}.json"
    document_text.save(items, path)
    numbered = sum(isinstance(number, int) for number in items)
    output.print(f"{numbered} numbered items and {len(items) - numbered} other paragraphs kept in {path}")
