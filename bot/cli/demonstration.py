"""Accounts for a demonstration: one for each role, with random passwords that are printed once."""

from __future__ import annotations

from bot.accounts import passwords, words
from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role
from bot.accounts.users import UserAdministration
from bot.cli.console import errors


async def offer(users: UserAdministration) -> None:
    """Make the accounts where there are none, and print them."""
    if await users.everybody():
        errors.print("The consoles are at /admin/; the passwords of the demonstration were printed when it first ran.")
        errors.print("Forgotten? gongyou user password NAME")
        return
    errors.print("The consoles are at /admin/, for these accounts; their passwords are printed this once:")
    for role in Role:
        password = passwords.generated()
        called = words.load().roles[role.value]
        await users.add(COMMAND_LINE, role.value, called, frozenset({role}), password, temporary=False)
        errors.print(f"  {role.value:<14}{password}  {called}", markup=False)
