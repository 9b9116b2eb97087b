from __future__ import annotations

from decimal import Decimal

import pytest

from policyctl.collectors.kubernetes.quantities import amount, is_accelerator


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1", 1),
        ("100m", Decimal("0.1")),
        ("1.5Gi", Decimal(3 * 2**29)),
        ("1.", 1),
        (".5", Decimal("0.5")),
        ("+2k", 2000),
        ("-1", -1),
        ("1E", 10**18),
        ("1E3", 1000),
        ("1e-3", Decimal("0.001")),
        ("12e6", 12_000_000),
        ("1Ei", 2**60),
        ("1n", Decimal("1e-9")),
        (2, 2),
        (0.1, Decimal("0.1")),
        (1e-7, Decimal("1e-7")),
        ("0", 0),
    ],
)
def test_a_quantity_is_read_as_kubernetes_reads_it(written, meant):
    assert amount(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        " 1",
        "1 Gi",
        "1GB",
        "1gi",
        "1K",
        "Gi",
        ".",
        "1e",
        "1.2.3",
        "0x10",
        "1,5",
        "--1",
        "١",
        True,
        None,
        [],
        {},
        "1" * 65,
    ],
)
def test_what_is_no_quantity_is_not_guessed(written):
    assert amount(written) is None


def test_a_quantity_beyond_63_bits_is_capped():
    assert amount("100E") == 2**63 - 1
    assert amount("1e999") == 2**63 - 1


@pytest.mark.parametrize(
    "resource",
    [
        "nvidia.com/gpu",
        "nvidia.com/mig-1g.5gb",
        "amd.com/gpu",
        "google.com/tpu",
        "habana.ai/gaudi",
        "gpu.intel.com/i915",
        "aws.amazon.com/neuron",
        "aws.amazon.com/neuroncore",
    ],
)
def test_devices_of_every_maker_are_accelerators(resource):
    assert is_accelerator(resource)


@pytest.mark.parametrize("resource", ["cpu", "hugepages-2Mi", "rdma/roce_gdr", "nvidia.com/gpumem", "example.com/gpu"])
def test_other_resources_are_not(resource):
    assert not is_accelerator(resource)


def test_the_accelerators_of_a_container_are_added_up(of_pod):
    subject = of_pod({"resources": {"limits": {"nvidia.com/gpu": "1", "nvidia.com/mig-1g.5gb": 2, "amd.com/gpu": "3"}}})

    assert subject.facts["containers"][0]["limits"] == {"accelerators": 6}


def test_a_fraction_of_a_millicore_is_rounded_up(of_pod):
    subject = of_pod({"resources": {"requests": {"cpu": "1500u", "memory": "0.5"}}})

    assert subject.facts["containers"][0]["requests"] == {"cpu": 2, "memory": 1}


@pytest.mark.parametrize(
    "limits", [{"memory": "2GB"}, {"cpu": "-1"}, {"nvidia.com/gpu": "0.5"}, {"cpu": []}, "1", ["cpu"]]
)
def test_a_malformed_limit_is_a_gap_that_hides_the_containers(of_pod, hidden, limits):
    subject = of_pod({"resources": {"limits": limits}})

    assert subject.facts["containers"][0]["limits"] == {}
    assert "containers" in hidden(subject)


def test_a_misspelt_key_of_resources_is_a_gap(of_pod, hidden):
    assert "containers" in hidden(of_pod({"resources": {"limit": {"cpu": "1"}}}))


def test_a_limit_that_is_null_is_none(of_pod):
    subject = of_pod({"resources": {"limits": None}})

    assert (subject.facts["containers"][0]["limits"], subject.gaps) == ({}, ())
