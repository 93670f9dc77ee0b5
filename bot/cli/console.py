"""Where the command line writes: results to standard output, progress and errors to standard error."""

from __future__ import annotations

from rich.console import Console

output = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)
