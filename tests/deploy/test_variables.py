"""Every variable that deploy/ sets for the service is one that it reads."""

from __future__ import annotations

import re

from bot.assistant.training import ROOT

from .files import DEPLOY, interpolated, lines, load, manifest, pod

OF_COMPOSE = {"POSTGRES_PASSWORD", "GRAFANA_PASSWORD", "PUBLIC_PORT", "GONGYOU_VERSION"}
OF_THE_SYSTEM = {"HOME", "MPLCONFIGDIR", "PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
COMING = {"REDIS_URL", "METRICS_TOKEN"}
"""Settings of the service for many processes, which deploy/ is made for."""


def known() -> set[str]:
    source = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'"([A-Z][A-Z_]+)"', source)) - {"INFO", "WARNING", "ERROR"} | COMING


def example() -> set[str]:
    return {line.partition("=")[0] for line in lines(DEPLOY / "env.example")}


def test_compose_sets_what_the_service_reads() -> None:
    assert set(load("compose.yml")["services"]["app1"]["environment"]) <= known()


def test_compose_asks_for_what_the_example_names() -> None:
    assert interpolated("compose.yml") == example()
    assert example() - OF_COMPOSE <= known()


def test_kubernetes_sets_what_the_service_reads() -> None:
    names = {one["name"] for one in pod()["env"]} | set(manifest("Secret")["stringData"])

    assert names <= known()
    assert {"DATABASE_URL", "WECHAT_TOKEN"} <= names


def test_image_sets_what_the_service_reads() -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").rpartition("FROM ")[2]

    assert set(re.findall(r"^(?:ENV)?\s+([A-Z_]+)=", dockerfile, re.MULTILINE)) - OF_THE_SYSTEM <= known()


def test_unit_sets_what_the_service_reads() -> None:
    unit = (DEPLOY / "systemd" / "gongyou.service").read_text(encoding="utf-8")
    names = {
        name for line in re.findall(r"^Environment=(.*)", unit, re.MULTILINE) for name in re.findall(r"(\w+)=", line)
    }

    assert names - OF_THE_SYSTEM <= known()


def test_scripts_read_what_the_service_reads() -> None:
    for script in ("backup.sh", "restore.sh"):
        assert set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / script).read_text(encoding="utf-8"))) <= known()
