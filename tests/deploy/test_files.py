"""The other files of deploy/: image, unit, scripts, alerts and dashboard."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.assistant.training import ROOT

from .files import DEPLOY, load

DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
SCRIPTS = sorted(path for path in DEPLOY.iterdir() if path.suffix == ".sh" or path.name in ("lock", "make-env"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_is_one(path: Path) -> None:
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0
    assert "set -euo pipefail" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o111


def test_image_runs_as_nobody_and_from_locked_libraries() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]

    assert re.search(r"^USER \d+:\d+$", last, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE
    assert "/healthz" in last.partition("HEALTHCHECK")[2]
    assert all(
        re.match(r"\S+:3\.10\S*( AS \w+)?$", image) for image in re.findall(r"^FROM (.*)", DOCKERFILE, re.MULTILINE)
    )
    assert re.search(r"^(ADD|CMD [^\[]|ENTRYPOINT [^\[])", DOCKERFILE, re.MULTILINE) is None
    assert "apt-get install" not in last


def test_image_copies_what_exists_and_is_not_ignored() -> None:
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    }
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.*)", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    }

    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_unit_is_understood_by_systemd(tmp_path: Path) -> None:
    if (program := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd-analyze is not installed")
    text = (DEPLOY / "systemd" / "gongyou.service").read_text(encoding="utf-8")
    unit = tmp_path / "gongyou.service"
    unit.write_text(text.replace("/opt/gongyou/.venv/bin/gongyou", "/bin/true"), encoding="utf-8")
    said = subprocess.run([program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)

    assert [line for line in said.stderr.splitlines() if "gongyou" in line] == []


def test_alerts_lead_to_the_runbook() -> None:
    headings = re.findall(r"^## (.*)", (DEPLOY / "RUNBOOK.md").read_text(encoding="utf-8"), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    rules = [rule for group in load("prometheus/alerts.yml")["groups"] for rule in group["rules"]]

    for rule in rules:
        assert rule["annotations"]["runbook"].removeprefix("RUNBOOK.md#") in anchors, rule["alert"]
    assert len({rule["alert"] for rule in rules}) == len(rules) > 5


def test_dashboard_asks_the_source_that_is_provisioned() -> None:
    (source,) = load("grafana/provisioning/datasources/prometheus.yml")["datasources"]
    board = json.loads((DEPLOY / "grafana" / "dashboards" / "gongyou.json").read_text(encoding="utf-8"))
    targets = [target for panel in board["panels"] for target in panel["targets"]]

    assert {panel["datasource"]["uid"] for panel in board["panels"]} == {source["uid"]}
    assert all(re.search(r"\b(gongyou_\w+|up)\b", target["expr"]) for target in targets)
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
