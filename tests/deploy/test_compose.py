"""compose.yml holds together, and only what is meant to be public is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servers import nginx

from .files import DEPLOY, load

COMPOSE = load("compose.yml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_what_services_name_exists() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])


def test_volumes_exist() -> None:
    mounts = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())]
    for source in mounts:
        assert (DEPLOY / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]


def test_who_is_waited_for_has_a_health_check() -> None:
    for service in SERVICES.values():
        waited = service.get("depends_on", {})
        for name in waited if isinstance(waited, dict) else ():
            # The application's is in the image.
            assert name.startswith("app") or "healthcheck" in SERVICES[name]


def test_only_nginx_is_public() -> None:
    public = [name for name, one in SERVICES.items() for port in one.get("ports", ()) if "127.0.0.1" not in port]

    assert public == ["nginx"]
    assert COMPOSE["networks"]["inside"]["internal"]
    assert [SERVICES[name]["networks"] for name in ("postgres", "redis")] == [["inside"]] * 2


def test_images_are_pinned() -> None:
    assert all(":" in one["image"] and not one["image"].endswith(":latest") for one in SERVICES.values())


def test_nginx_and_prometheus_know_both_processes() -> None:
    (job,) = load("prometheus/prometheus.yml")["scrape_configs"]
    targets = job["static_configs"][0]["targets"]

    assert targets == [f"{name}:8080" for name in SERVICES if name.startswith("app")]
    assert all(f"server {target} " in nginx.CONF.read_text(encoding="utf-8") for target in targets)


def test_grace_is_longer_than_the_drain() -> None:
    from bot.app import DRAIN_SECONDS

    assert int(COMPOSE["x-app"]["stop_grace_period"].removesuffix("s")) > 3 * DRAIN_SECONDS


@pytest.mark.usefixtures("nginx_installed")
def test_nginx_takes_its_file(tmp_path: Any) -> None:
    said = nginx.checked(nginx.conf_for(tmp_path, 8172, ["127.0.0.1:1", "127.0.0.1:2"]))

    assert said.returncode == 0, said.stderr


@pytest.mark.usefixtures("nginx_installed")
def test_nginx_takes_its_file_with_tls(tmp_path: Any) -> None:
    text = nginx.CONF.read_text(encoding="utf-8")
    for line in ("ssl_protocols", "ssl_session", "add_header"):
        assert f"        # {line}" in text
        text = text.replace(f"        # {line}", f"        {line}")

    assert nginx.checked(nginx.conf_for(tmp_path, 8172, ["127.0.0.1:1", "127.0.0.1:2"], text)).returncode == 0
