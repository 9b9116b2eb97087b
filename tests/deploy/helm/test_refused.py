"""What Helm is not to render, and what it says then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.deploy.helm import chart

pytestmark = pytest.mark.servers
_LEDGER = {"ledger": {"postgres": {"secret": "policyctl-postgres"}}}


@pytest.mark.parametrize("values", [{}, *chart.SETS.values()], ids=["none", *chart.SETS])
def test_lint_finds_nothing(values: chart.Values) -> None:
    ran = chart.run("lint", "--strict", str(chart.CHART), values=values)

    assert ran.returncode == 0, ran.stdout
    assert "1 chart(s) linted, 0 chart(s) failed" in ran.stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"replicas": 2}, "only one can write a ledger that is a file"),
        ({"autoscaling": {"enabled": True}}, "only one can write a ledger that is a file"),
        ({"replicas": 2, "ledger": {"postgres": {"secret": ""}}}, "only one can write a ledger that is a file"),
        (
            {**_LEDGER, "autoscaling": {"enabled": True, "minReplicas": 4, "maxReplicas": 3}},
            "minReplicas is more than maxReplicas",
        ),
        ({"image": ""}, "name policyctl's image, built with LOCK=admission, by its digest"),
        ({"opa": {"sidecar": {"enabled": True}}}, "name OPA's image by its digest"),
    ],
)
def test_what_cannot_work_is_refused_in_a_sentence(more: dict[str, Any], said: str) -> None:
    assert said in chart.refused({**chart.PLAIN, **more})


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"image": "policyctl:1.0"}, "/image"),
        ({"opa": {"sidecar": {"enabled": False, "image": "openpolicyagent/opa:1.19.1"}}}, "/opa/sidecar/image"),
        ({"replica": 2}, "additional properties 'replica' not allowed"),
        ({"webhook": {"failurePolicy": "Ignore"}}, "additional properties 'failurePolicy' not allowed"),
        ({"replicas": "2"}, "/replicas"),
        ({"replicas": 0}, "/replicas"),
        ({"replicas": None}, "replicas"),
        ({"autoscaling": {"enabled": "true"}}, "/autoscaling/enabled"),
        ({**_LEDGER, "autoscaling": {"enabled": True, "minReplicas": 1}}, "/autoscaling/minReplicas"),
        ({"webhook": {"timeoutSeconds": 31}}, "/webhook/timeoutSeconds"),
        ({"webhook": {"except": ["*"]}}, "/webhook/except/0"),
        ({"resources": {"limits": {"memory": "lots"}}}, "/resources/limits/memory"),
        ({"opa": {"memory": "1Gi"}}, "/opa/memory"),
        ({"trustedConfig": {"../policyctl.yaml": ""}}, "'../policyctl.yaml' does not match"),
        ({"trustedConfig": {"policyctl.yaml": {"profile": "baseline"}}}, "/trustedConfig/policyctl.yaml"),
        ({"networkPolicy": {"apiServerPorts": []}}, "/networkPolicy/apiServerPorts"),
    ],
)
def test_values_that_are_not_what_they_should_be_are_refused(more: dict[str, Any], where: str) -> None:
    said = chart.refused({**chart.PLAIN, **more})

    assert "values don't meet the specifications of the schema" in said
    assert where in said
