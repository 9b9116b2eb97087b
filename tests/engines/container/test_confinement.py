"""What the container may do, as the kernel and the engine tell it, and who may ask it what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from docker.models.containers import Container

from policyctl.engines.container import ContainerEngine

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("sidecar")]

Only = Callable[[], Container]


@pytest.fixture
def status(only: Only) -> dict[str, str]:
    """What Linux says of the OPA process."""
    lines = Path(f"/proc/{only().attrs['State']['Pid']}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_it_is_nobody_without_capabilities_and_can_get_none(status: dict[str, str]) -> None:
    assert status["Name"] == "opa"
    assert set(status["Uid"].split()) == {"65532"}
    assert set(status["Gid"].split()) == {"65532"}
    assert {int(status[name], 16) for name in ("CapPrm", "CapEff", "CapBnd", "CapInh", "CapAmb")} == {0}
    assert status["NoNewPrivs"] == "1"


def test_memory_and_processes_have_limits_and_the_root_is_read_only(only: Only) -> None:
    host = only().attrs["HostConfig"]

    assert host["ReadonlyRootfs"] is True
    assert host["Memory"] == host["MemorySwap"] == 2 << 30
    assert host["PidsLimit"] == 256
    assert not host["Privileged"]
    assert [mount["Type"] for mount in only().attrs["Mounts"]] == ["volume"]


def test_its_port_is_published_on_the_loopback_only(only: Only) -> None:
    published = only().attrs["NetworkSettings"]["Ports"]

    assert list(published) == ["8181/tcp"]
    assert [place["HostIp"] for place in published["8181/tcp"]] == ["127.0.0.1"]


def test_its_files_belong_to_root_and_are_read_only(only: Only) -> None:
    root = Path(f"/proc/{only().attrs['State']['Pid']}/root/policyctl")
    files = {str(path.relative_to(root)): path.stat() for path in root.rglob("*")}

    assert {"policyctl.tar.gz", "authz", "authz/authz.rego", "authz/system/policyctl/data.json"} <= files.keys()
    assert {(found.st_uid, found.st_mode & 0o222) for found in files.values()} == {(0, 0)}


def test_nothing_of_this_process_environment_is_in_it(only: Only) -> None:
    names = {entry.partition("=")[0] for entry in only().attrs["Config"]["Env"]}

    assert names <= {"GOGC", "GOMEMLIMIT", "PATH", "HOME", "HOSTNAME", "TERM", "container"}


@pytest.fixture
def url(only: Only) -> str:
    """Where it listens."""
    return f"http://127.0.0.1:{only().attrs['NetworkSettings']['Ports']['8181/tcp'][0]['HostPort']}"


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """Asks without anything that the environment adds."""
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.mark.parametrize("token", ["", "wrong", "0" * 64])
def test_who_has_not_the_token_is_not_answered(url: str, session: requests.Session, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    answer = session.post(f"{url}/v1/data/policyctl/main/decisions", json={"input": {"documents": []}}, headers=headers)
    assert answer.status_code == 401
    assert session.get(f"{url}/health", headers=headers).status_code == 401


def test_who_has_it_may_ask_for_decisions_and_nothing_else(
    url: str, session: requests.Session, sidecar: ContainerEngine, only: Only
) -> None:
    data = Path(f"/proc/{only().attrs['State']['Pid']}/root/policyctl/authz/system/policyctl/data.json").read_text()
    session.headers["Authorization"] = f"Bearer {data.split(chr(34))[3]}"

    answer = session.post(f"{url}/v1/data/policyctl/main/decisions", json={"input": {"documents": []}})
    assert answer.json()["result"] == []
    for path in ("/v1/policies", "/v1/data", "/v1/data/system/policyctl/token", "/v1/config"):
        assert session.get(url + path).status_code == 401
    assert session.put(f"{url}/v1/policies/mine", data="package mine").status_code == 401


def test_the_token_is_in_no_label_argument_or_variable(only: Only) -> None:
    attributes = only().attrs
    root = f"/proc/{attributes['State']['Pid']}/root"
    token = Path(f"{root}/policyctl/authz/system/policyctl/data.json").read_text().split('"')[3]

    assert len(token) == 64
    assert token not in str(attributes)


def test_it_resolves_no_names(only: Only) -> None:
    resolving = Path(f"/proc/{only().attrs['State']['Pid']}/root/etc/resolv.conf").read_text()

    assert [line for line in resolving.splitlines() if line.startswith("nameserver")] == ["nameserver 127.0.0.1"]
