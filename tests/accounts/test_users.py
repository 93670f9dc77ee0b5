"""What administrators do with accounts, what people do with their own, and that the log says so."""

from __future__ import annotations

import pytest

from bot.accounts.audit import COMMAND_LINE, actor
from bot.accounts.errors import Reason, Refused, UserNotFound
from bot.accounts.model import EVERYBODY, RIGHTS, Right, Role, may

from .cast import HERE, PASSWORD, Parts

NEW = "another good password"


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, Reason]]:
    return [(problem.field, problem.reason) for problem in refused.value.problems]


async def test_every_role_has_rights_and_every_right_a_role() -> None:
    assert set(RIGHTS) == set(Role) == EVERYBODY
    assert all(may(right) for right in Right)
    assert may(Right.MANAGE_ACCOUNTS) == {Role.ADMINISTRATOR}
    # Nobody approves what he may have drafted without holding both roles openly.
    assert may(Right.DRAFT).isdisjoint(may(Right.APPROVE))


async def test_added_account_signs_in_and_is_in_the_log(made: Parts) -> None:
    _, who = await made.sign_in()
    roles = frozenset({Role.EDITOR, Role.AGENT})

    await made.users.add(actor(who.user), " Li.Na ", "李娜", roles, PASSWORD, temporary=True)

    _, added = await made.sign_in("li.na")
    assert (added.user.display_name, added.user.roles, added.user.temporary) == ("李娜", roles, True)
    assert added.user.rights == {Right.DRAFT, Right.ANSWER_WORKERS}
    [recorded] = await made.logged(verb="add", object_id="li.na")
    assert recorded.entry.by.name == "admin"
    assert recorded.entry.after == {"display_name": "李娜", "roles": ["editor", "agent"]}


@pytest.mark.parametrize("name", ["", "a", "-li", "li na", "李娜", "x" * 33, "li/na"])
async def test_user_name_of_another_form_is_refused(made: Parts, name: str) -> None:
    with pytest.raises(Refused) as refused:
        await made.users.add(COMMAND_LINE, name, "李娜", EVERYBODY, PASSWORD, temporary=False)

    assert reasons(refused)[0] == ("name", Reason.NAME_FORM)


async def test_all_problems_of_a_new_account_are_told_at_once(made: Parts) -> None:
    with pytest.raises(Refused) as refused:
        await made.users.add(COMMAND_LINE, "?", "x" * 65, frozenset(), "short", temporary=False)

    assert [field for field, _ in reasons(refused)] == ["name", "display_name", "roles", "password"]


async def test_user_name_is_given_once(made: Parts) -> None:
    with pytest.raises(Refused) as refused:
        await made.users.add(COMMAND_LINE, "Editor", "另一个", EVERYBODY, PASSWORD, temporary=False)

    assert reasons(refused) == [("name", Reason.NAME_TAKEN)]
    assert len(await made.logged(verb="add")) == 4


async def test_change_is_logged_with_both_states_and_the_reason(made: Parts) -> None:
    _, who = await made.sign_in()
    editor = await made.users.named("editor")

    await made.users.change(actor(who.user), editor, "老编辑", frozenset({Role.REVIEWER}), "转岗")

    [recorded] = await made.logged(verb="change")
    assert recorded.entry.before == {"display_name": "editor 同志", "roles": ["editor"]}
    assert recorded.entry.after == {"display_name": "老编辑", "roles": ["reviewer"]}
    assert recorded.entry.reason == "转岗"
    assert (await made.users.named("editor")).roles == {Role.REVIEWER}


async def test_roles_hold_from_the_next_request_on(made: Parts) -> None:
    opened, _ = await made.sign_in("editor")

    await made.users.change(COMMAND_LINE, await made.users.named("editor"), "x", frozenset({Role.AGENT}), "")

    who = await made.door.who(opened.token)
    assert who is not None
    assert who.user.roles == {Role.AGENT}


async def test_nobody_disables_himself_or_gives_up_administration(made: Parts) -> None:
    _, who = await made.sign_in()

    with pytest.raises(Refused) as disabled:
        await made.users.disable(actor(who.user), who.user, "x")
    with pytest.raises(Refused) as changed:
        await made.users.change(actor(who.user), who.user, "x", frozenset({Role.EDITOR}), "x")

    assert reasons(disabled) == [("reason", Reason.NOT_YOURSELF)]
    assert reasons(changed) == [("roles", Reason.NOT_YOURSELF)]


async def test_disabled_account_is_enabled_again(made: Parts) -> None:
    await made.users.disable(COMMAND_LINE, await made.users.named("editor"), "离职")
    await made.users.enable(COMMAND_LINE, await made.users.named("editor"), "回来了")

    await made.sign_in("editor")
    assert [recorded.entry.verb for recorded in await made.logged(object_id="editor")][1:3] == ["enable", "disable"]


async def test_reset_password_ends_all_sessions_and_must_be_changed(made: Parts) -> None:
    opened, _ = await made.sign_in("editor")

    await made.users.set_password(COMMAND_LINE, await made.users.named("editor"), NEW, "忘了", temporary=True)

    assert await made.door.who(opened.token) is None
    with pytest.raises(Refused):
        await made.door.enter("editor", PASSWORD, HERE)
    _, who = await made.sign_in("editor", NEW)
    assert who.user.temporary


async def test_weak_password_is_not_set_by_others_either(made: Parts) -> None:
    with pytest.raises(Refused):
        await made.users.set_password(COMMAND_LINE, await made.users.named("editor"), "short", "", temporary=False)


async def test_own_password_change_ends_the_other_sessions(made: Parts) -> None:
    other, _ = await made.sign_in("editor")
    opened, who = await made.sign_in("editor")

    await made.own.change_password(who, PASSWORD, NEW, NEW)

    assert await made.door.who(other.token) is None
    assert await made.door.who(opened.token) is not None
    await made.sign_in("editor", NEW)


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        (("wrong password", NEW, NEW), [("password", Reason.PASSWORD_WRONG)]),
        ((PASSWORD, NEW, NEW + "!"), [("again", Reason.PASSWORDS_DIFFER)]),
        ((PASSWORD, "short", "short"), [("new", Reason.PASSWORD_SHORT)]),
        ((PASSWORD, PASSWORD, PASSWORD), [("new", Reason.PASSWORD_SAME)]),
    ],
)
async def test_own_password_is_not_changed_by_mistake(
    made: Parts, entered: tuple[str, str, str], told: list[tuple[str, Reason]]
) -> None:
    _, who = await made.sign_in("editor")

    with pytest.raises(Refused) as refused:
        await made.own.change_password(who, *entered)

    assert reasons(refused) == told
    await made.sign_in("editor")


async def test_sessions_are_ended_one_by_one_and_all_but_this(made: Parts) -> None:
    tokens = [(await made.sign_in("editor"))[0].token for _ in range(3)]
    _, who = await made.sign_in("editor")
    first = min(session.id for session in await made.own.sessions(who))

    assert await made.own.end_session(who, first)
    assert not await made.own.end_session(who, first)
    assert [await made.door.who(token) is not None for token in tokens] == [False, True, True]
    await made.own.end_other_sessions(who)

    assert [session.id for session in await made.own.sessions(who)] == [who.session]


async def test_session_of_another_person_is_not_ended(made: Parts) -> None:
    _, agent = await made.sign_in("agent")
    _, editor = await made.sign_in("editor")

    assert not await made.own.end_session(editor, agent.session)
    assert len(await made.own.sessions(agent)) == 1


async def test_administrator_ends_sessions_of_others(made: Parts) -> None:
    _, who = await made.sign_in("editor")
    await made.sign_in("editor")
    editor = await made.users.named("editor")

    assert await made.users.end_session(COMMAND_LINE, editor, who.session, "可疑")
    assert len(await made.users.sessions(editor)) == 1
    await made.users.end_sessions(COMMAND_LINE, editor, "可疑")

    assert await made.users.sessions(editor) == []
    assert [recorded.entry.verb for recorded in await made.logged(object_id="editor")][:2] == [
        "end_sessions",
        "end_session",
    ]


async def test_unknown_account_is_told(made: Parts) -> None:
    with pytest.raises(UserNotFound):
        await made.users.named("nobody")
    with pytest.raises(UserNotFound):
        await made.users.numbered(999)


async def test_log_holds_no_secret(made: Parts, database: object) -> None:
    opened, who = await made.sign_in("editor")
    secret = await made.own.begin_two_steps(who, PASSWORD)
    await made.own.change_password(who, PASSWORD, NEW, NEW)

    told = repr(await made.logged())

    assert [part for part in (PASSWORD, NEW, secret, opened.token, "argon2") if part in told] == []
