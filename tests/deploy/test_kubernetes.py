"""The manifests hold together: names, ports, probes, and who may reach whom."""

from __future__ import annotations

from bot.app import DRAIN_SECONDS

from .files import DEPLOY, load, manifest, manifests, pod

LABELS = {"app.kubernetes.io/name": "gongyou"}


def test_every_file_is_listed() -> None:
    listed = set(load("kubernetes/kustomization.yml")["resources"])
    files = {path.name for path in (DEPLOY / "kubernetes").glob("*.yml")}

    assert files - listed == {"kustomization.yml", "secret.example.yml"}
    assert listed < files


def test_every_manifest_has_its_four_parts() -> None:
    assert all({"apiVersion", "kind"} <= set(one) for one in manifests())
    assert all(one["metadata"]["name"] for one in manifests() if one["kind"] != "Kustomization")


def test_selectors_find_the_pods() -> None:
    deployment = manifest("Deployment")["spec"]
    selected = [
        deployment["selector"]["matchLabels"],
        deployment["template"]["metadata"]["labels"],
        manifest("Service")["spec"]["selector"],
        manifest("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        manifest("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
    ]

    assert selected == [LABELS] * len(selected)


def test_ports_agree() -> None:
    (port,) = pod()["ports"]
    (service,) = manifest("Service")["spec"]["ports"]
    (allowed,) = manifest("NetworkPolicy")["spec"]["ingress"][0]["ports"]

    assert (port["containerPort"], allowed["port"]) == (8080, 8080)
    assert (service["targetPort"], service["name"]) == (port["name"], "http")


def test_probes_ask_what_they_should() -> None:
    probes = {name: pod()[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "readiness", "liveness")}

    assert probes == {"startup": "/healthz", "readiness": "/readyz", "liveness": "/healthz"}


def test_grace_is_longer_than_the_drain() -> None:
    assert manifest("Deployment")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > 3 * DRAIN_SECONDS + 5


def test_scaling_is_of_the_deployment() -> None:
    scaling = manifest("HorizontalPodAutoscaler")["spec"]

    assert scaling["scaleTargetRef"]["name"] == manifest("Deployment")["metadata"]["name"]
    assert scaling["minReplicas"] > manifest("PodDisruptionBudget")["spec"]["minAvailable"]


def test_inside_is_not_published() -> None:
    rules = [rule for one in manifests() if one["kind"] == "Ingress" for rule in one["spec"]["rules"]]
    paths = {path["path"]: path for rule in rules for path in rule["http"]["paths"]}

    assert {"/wechat", "/", "/api", "/admin"} <= set(paths)
    assert not {path for path in paths if path.startswith(("/metrics", "/readyz"))}
    assert paths["/"]["pathType"] == "Exact"


def test_what_is_not_allowed_is_forbidden() -> None:
    policy = manifest("NetworkPolicy", "nothing")["spec"]

    assert policy == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_container_may_do_nothing_special() -> None:
    security = pod()["securityContext"]

    assert security["readOnlyRootFilesystem"]
    assert (security["allowPrivilegeEscalation"], security["capabilities"]) == (False, {"drop": ["ALL"]})
    assert manifest("Deployment")["spec"]["template"]["spec"]["securityContext"]["runAsNonRoot"]
