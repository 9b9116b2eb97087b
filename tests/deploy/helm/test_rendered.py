"""The chart installs what `policyctl admission install` does, and more only where a value asks for it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.admission.installing import Wanted
from policyctl.admission.installing import objects as installed
from tests.conftest import ROOT, Run
from tests.deploy.helm import chart

pytestmark = pytest.mark.servers
_OWN_PORT = {"port": 5432}


def plain(value: dict[str, Any]) -> dict[str, Any]:
    """An object without what Helm and the chart write beside it: labels that tell, and what keeps a volume."""
    made = copy.deepcopy(value)
    labels = made["metadata"]["labels"]
    made["metadata"]["labels"] = {name: text for name, text in labels.items() if name == "app.kubernetes.io/name"}
    made["metadata"].pop("annotations", None)
    return made


def by_name(values: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(value["kind"], value["metadata"]["name"]): value for value in values}


def test_with_nothing_but_an_image_it_is_what_admission_install_applies() -> None:
    ours = by_name([dict(value) for value in installed(Wanted(chart.IMAGE)) if value["kind"] != "Namespace"])
    theirs = by_name([plain(value) for value in chart.objects(chart.PLAIN)])
    assert theirs["Deployment", "policyctl"]["spec"].pop("replicas") == 1
    ours["NetworkPolicy", "policyctl"]["spec"]["egress"][0]["ports"].remove(_OWN_PORT)

    assert theirs == ours


def test_a_database_is_reached_where_there_is_one() -> None:
    (ours,) = (value for value in installed(Wanted()) if value["kind"] == "NetworkPolicy")

    assert plain(chart.one("NetworkPolicy", chart.SEVERAL)) == ours


def test_the_webhook_is_what_the_program_prints(run: Run) -> None:
    line = ["--service", "2026/policyctl", "--except", "build", "--except", "apps", "--timeout", "9"]
    line += ["--namespace-profile", "nist-ai-rmf", "--namespace-profile", "iso-42001"]
    printed = yaml.safe_load(run("admission", "webhook", *line).out)

    assert plain(chart.one("ValidatingWebhookConfiguration", chart.EVERYTHING, "2026")) == printed


def test_the_server_is_told_whose_accounts_speak_for_controllers() -> None:
    (container,) = chart.one("Deployment", chart.EVERYTHING)["spec"]["template"]["spec"]["containers"]

    assert [word for word in container["args"] if word.startswith("--controller")] == [
        "--controller=system:kube-controller-manager"
    ]


def test_all_that_has_a_namespace_is_in_that_of_the_release() -> None:
    values = chart.objects(chart.EVERYTHING, "2026")

    assert {value["metadata"].get("namespace") for value in values} == {"2026", None}
    assert {subject["namespace"] for value in values for subject in value.get("subjects", ())} == {"2026"}


@pytest.mark.parametrize("values", chart.SETS.values(), ids=chart.SETS)
def test_the_webhook_is_the_same_whatever_else_is_asked_for(values: chart.Values) -> None:
    plain_values = {**chart.PLAIN, "webhook": values.get("webhook", {})}

    assert chart.one("ValidatingWebhookConfiguration", values) == chart.one(
        "ValidatingWebhookConfiguration", plain_values
    )


@pytest.mark.parametrize("values", chart.SETS.values(), ids=chart.SETS)
def test_rights_and_confinement_are_the_same_whatever_else_is_asked_for(values: chart.Values) -> None:
    kinds = ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "ServiceAccount", "Service")
    (ours,) = (value for value in installed(Wanted()) if value["kind"] == "Deployment")
    wanted = ours["spec"]["template"]["spec"]
    pod = chart.one("Deployment", values)["spec"]["template"]["spec"]
    (confined,) = (container["securityContext"] for container in wanted["containers"])

    assert [chart.one(kind, values) for kind in kinds] == [chart.one(kind, chart.PLAIN) for kind in kinds]
    assert pod["securityContext"] == wanted["securityContext"]
    for container in (*pod["containers"], *pod.get("initContainers", ())):
        assert container["securityContext"] == confined
        assert container["resources"].keys() == {"requests", "limits"}


@pytest.mark.parametrize("values", chart.SETS.values(), ids=chart.SETS)
def test_what_it_renders_passes_our_own_controls(values: chart.Values, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rendered.yaml"
    file.write_text(chart.text(values))
    ran = run("check", str(file), "--no-record")

    assert ran.code == 0, ran.out
    assert "ALLOW  0 failed, 0 undetermined" in ran.out


def test_nothing_of_a_ledger_in_a_database_is_on_a_command_line_or_a_disk() -> None:
    pod = chart.one("Deployment", chart.SEVERAL)["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    taken = {one["name"]: one.get("valueFrom", {}).get("secretKeyRef", {}).get("key") for one in container["env"]}

    assert not [word for word in container["args"] if word.startswith(("--ledger", "--spool"))]
    assert taken == {
        "POLICYCTL_LEDGER": "url",
        "PGPASSWORD": "password",
        "PGSSLROOTCERT": None,
        "GOMEMLIMIT": None,
        "POD_NAME": None,
        "POD_UID": None,
    }
    # No folder is left to which an address that is empty could lead.
    assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/tmp", "/etc/postgres"}
    assert not [value for value in chart.objects(chart.SEVERAL) if value["kind"] == "PersistentVolumeClaim"]


@pytest.mark.parametrize(("values", "several"), [(chart.PLAIN, False), (chart.SEVERAL, True), (chart.EVERYTHING, True)])
def test_what_several_replicas_need_is_there_with_several(values: chart.Values, several: bool) -> None:
    kinds = {value["kind"] for value in chart.objects(values)}
    deployment = chart.one("Deployment", values)["spec"]

    assert ("PodDisruptionBudget" in kinds) == several
    assert ("topologySpreadConstraints" in deployment["template"]["spec"]) == several
    assert deployment["strategy"]["type"] == ("RollingUpdate" if several else "Recreate")
    # Whoever scales it would be set back by each upgrade.
    assert ("replicas" in deployment) == ("HorizontalPodAutoscaler" not in kinds)


def test_another_trusted_configuration_makes_other_pods() -> None:
    changed = {**chart.SIDECAR, "trustedConfig": {"policyctl.yaml": "profile: eu-ai-act-high-risk\n"}}
    before, after = (
        chart.one("Deployment", values)["spec"]["template"]["metadata"] for values in (chart.SIDECAR, changed)
    )

    assert before["labels"] == after["labels"]
    assert before["annotations"] != after["annotations"]


def test_the_dashboard_is_the_file() -> None:
    (board,) = (
        value for value in chart.objects(chart.EVERYTHING) if value["metadata"]["name"] == "policyctl-dashboard"
    )

    assert board["data"] == {"policyctl.json": (chart.CHART / "dashboards" / "policyctl.json").read_text()}
    assert board["metadata"]["labels"]["grafana_dashboard"] == "1"


def test_a_sidecar_is_refused_under_every_profile_that_takes_no_answer_from_it() -> None:
    profiles = [yaml.safe_load(path.read_text()) for path in (ROOT / "controls_catalog" / "profiles").glob("*.yaml")]
    wanting = {profile["id"] for profile in profiles if profile.get("require_verified_engine")}
    assert wanting
    for id in wanting:
        assert "takes no answer from an OPA" in chart.refused({**chart.SIDECAR, "profile": id})
