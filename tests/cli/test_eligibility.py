"""gongyou eligibility: the verdict, its reasons, and what is said about wrong input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli
from bot.cli.root import app
from policies_kb import loader
from tests.factories import knowledge, topic, with_topic

TOLD = ("subsidy", "insured_time=5年", "certificate_date=2017-06", "employed=是")


@pytest.fixture(autouse=True)
def small_content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_logging: None) -> None:
    """A database that gets the small content at its first use."""
    known = knowledge()
    monkeypatch.setattr(loader, "load", lambda: known)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["eligibility", *arguments])


def failure(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What the command tells on standard error when it ends with status 2."""
    monkeypatch.setattr(sys, "argv", ["gongyou", "eligibility", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_verdict_is_that_of_the_day() -> None:
    met, expired = run(*TOLD, "--today", "2018-06-01"), run(*TOLD, "--today", "2018-07-01")

    assert (met.exit_code, expired.exit_code) == (0, 0)
    assert met.stdout.startswith("verdict_met 考证补贴")
    assert expired.stdout.startswith("verdict_not_met 考证补贴")
    assert met.stdout.endswith("依据:《小文件》第3条\n")


def test_explanation_shows_how_each_condition_was_tested() -> None:
    result = run("subsidy", "insured_time=5年", "--today", "2018-01-01", "--explain")

    lines = result.stdout.partition("依据:《小文件》第3条\n\n")[2].splitlines()
    assert lines[:5] == [
        "第3条 参保3年以上: met",
        "    test   insured_time at_least 3年",
        "    given  5年",
        "    why    只给参保3年以上的。",
        "",
    ]
    assert "    test   employed is true" in lines
    assert lines[-3:] == [
        "still needed:",
        "    certificate_date (date)  哪天取证？",
        "    employed (flag)  在职吗？",
    ]


def test_list_of_accepted_values_is_explained() -> None:
    lines = run("allowance", "skill_level=高级工", "--explain").stdout.splitlines()

    assert "    test   skill_level one_of 技师 | 高级技师" in lines
    assert "    given  nothing" in lines
    assert "still needed:" not in lines


def test_json_is_what_the_interface_answers() -> None:
    verdict = json.loads(run(*TOLD, "--today", "2018-01-01", "--explain", "--json").stdout)

    assert (verdict["topic"], verdict["verdict"]) == ("subsidy", "met")
    assert verdict["conditions"][1]["shown"] == "2017年6月"


def test_without_a_topic_those_with_a_rule_are_listed() -> None:
    result = run()

    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        "allowance  降薪补助",
        "    skill_level (高级工 | 技师 | 高级技师)  什么等级？",
        "    pay_cause (转产 | 其他)  为什么降薪？",
    ]


@pytest.mark.parametrize(
    ("arguments", "messages"),
    [
        (("nothing",), ["no topic has this id; use one of allowance, subsidy"]),
        (("annuity",), ["the topic has no rule; use one of allowance, subsidy"]),
        (("subsidy", "--today", "2017-01-01"), ["subsidy is not in force; ask 人社热线12333"]),
        (("subsidy", "insured_time=x"), ["insured_time: x is not understood; write 3年 or 2年11个月"]),
        (("subsidy", "age=4", "employed=x"), ["age: no slot has this name; use one of insured_time", "employed: x is"]),
        (("subsidy", "employed"), ["employed: write SLOT=VALUE"]),
        (("subsidy", "--today", "2018"), ["%Y-%m-%d"]),
    ],
)
def test_wrong_input_is_told_plainly(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    messages: list[str],
) -> None:
    told = failure(capsys, monkeypatch, *arguments)

    assert all(message in told for message in messages)
    assert "Traceback" not in told


def test_expired_topic_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = with_topic(topic("subsidy", valid_to=topic("subsidy").valid_from))
    monkeypatch.setattr(loader, "load", lambda: closed)

    assert "subsidy" not in run().stdout
