"""`python -m bot` is the gongyou command."""

from __future__ import annotations

from bot.cli import main

main()
