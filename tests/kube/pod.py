"""What a kubelet makes of a pod, but for images and confinement: its containers' command lines as processes, folders for volumes."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

Container = dict[str, Any]
_OF_THE_POD = {"metadata.name": "policyctl-0", "metadata.uid": "0b7c"}
_PATH = re.compile(r"(?:^|=|unix://)(/.*)")


class Pod:
    """One pod. `programs`: what each image runs; `files`: what lies in a volume's ConfigMap or Secret; `instead`: words to replace;
    `secret`: what variables are taken from.
    """

    def __init__(
        self,
        spec: Mapping[str, Any],
        folder: Path,
        programs: Mapping[str, Sequence[str]],
        files: Mapping[str, Mapping[str, str]],
        instead: Mapping[str, str],
        secret: Mapping[str, str],
    ) -> None:
        self.spec, self.folder = spec, folder
        self._programs, self._instead, self._secret = programs, instead, secret
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        every = [*spec.get("initContainers", ()), *spec["containers"]]
        self._containers: dict[str, Container] = {container["name"]: container for container in every}
        named = [port["containerPort"] for container in every for port in container.get("ports", ())]
        self._ports = dict(zip(named, _free_ports(len(named)), strict=True))
        for volume in spec["volumes"]:
            self._fill(folder / volume["name"], files.get(volume["name"], {}))

    def start(self) -> None:
        """Runs the init containers, each to its end or until it has started, and begins the others."""
        for container in self.spec.get("initContainers", ()):
            self.begin(container["name"])
            if container.get("restartPolicy") == "Always":
                self.wait(container["name"], "startupProbe")
            else:
                assert self._processes.pop(container["name"]).wait(120) == 0, self.log(container["name"])
        for container in self.spec["containers"]:
            self.begin(container["name"])
            self.wait(container["name"], "startupProbe")

    def begin(self, name: str) -> None:
        """Begins one container."""
        container = self._containers[name]
        with open(self.folder / f"{name}.log", "ab") as log:
            mounts = {mount["mountPath"]: str(self.folder / mount["name"]) for mount in container["volumeMounts"]}
            own = {one["name"]: self._word(self._value(one), mounts) for one in container.get("env", ())}
            words = (re.sub(r"\$\((\w+)\)", lambda found: own[found[1]], word) for word in container["args"])
            line = [*self._programs[container["image"]], *(self._word(word, mounts) for word in words)]
            self._processes[name] = subprocess.Popen(line, stdout=log, stderr=log, env={**os.environ, **own})

    def _value(self, variable: Mapping[str, Any]) -> str:
        if "value" in variable:
            return str(variable["value"])
        given = variable["valueFrom"]
        return (
            _OF_THE_POD[given["fieldRef"]["fieldPath"]]
            if "fieldRef" in given
            else self._secret[given["secretKeyRef"]["key"]]
        )

    def _word(self, word: str, mounts: Mapping[str, str]) -> str:
        """A word as it is outside of a container. Each path must lie in one of its volumes."""
        if word in self._instead:
            return self._instead[word]
        if listened := re.fullmatch(r"(.*)0\.0\.0\.0:(\d+)", word):
            return f"{listened[1]}127.0.0.1:{self._ports[int(listened[2])]}"
        if path := _PATH.search(word):
            (mount,) = (mount for mount in mounts if path[1].startswith(f"{mount}/") or path[1] == mount)
            return word.replace(path[1], mounts[mount] + path[1].removeprefix(mount))
        return word

    def path(self, inside: str) -> Path:
        """Where a file of a container lies."""
        mounts = (mount for container in self._containers.values() for mount in container["volumeMounts"])
        (found,) = {m["name"]: m for m in mounts if inside.startswith(f"{m['mountPath']}/")}.values()
        return self.folder / found["name"] / inside.removeprefix(f"{found['mountPath']}/")

    def port(self, name: str) -> int:
        """Where a port of this name is, on loopback."""
        ports = [port for container in self._containers.values() for port in container.get("ports", ())]
        return next(self._ports[port["containerPort"]] for port in ports if port["name"] == name)

    def wait(self, name: str, probe: str, *, failing: str = "") -> None:
        """Waits until a probe of a container succeeds, or, where these are named, fails with words."""
        deadline = time.monotonic() + 60
        while True:
            succeeds, said = self._probed(name, probe)
            if (failing in said and not succeeds) if failing else succeeds:
                return
            assert self._processes[name].poll() is None, self.log(name)
            assert time.monotonic() < deadline, f"{said}\n{self.log(name)}"
            time.sleep(0.1)

    def _probed(self, name: str, probe: str) -> tuple[bool, str]:
        """Whether a probe succeeds, and what it is told."""
        told = self._containers[name][probe]["httpGet"]
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port(told["port"]), timeout=10)) as connection:
                connection.request("GET", told["path"])
                answer = connection.getresponse()
                return 200 <= answer.status < 400, answer.read().decode()
        except OSError as error:
            return False, str(error)

    def kill(self, name: str) -> None:
        """Ends a container as the kernel does where there is no memory left."""
        process = self._processes.pop(name)
        process.kill()
        process.wait()

    def log(self, name: str) -> str:
        """What a container has said."""
        return (self.folder / f"{name}.log").read_text()

    def stop(self) -> None:
        """Ends what still runs, the last one first."""
        for process in reversed(self._processes.values()):
            process.terminate()
            process.wait(60)
        shutil.rmtree(self.folder)

    @staticmethod
    def _fill(folder: Path, files: Mapping[str, str]) -> None:
        """Files of a ConfigMap, by the links that a kubelet makes."""
        folder.mkdir()
        if files:
            (folder / "..1").mkdir()
            (folder / "..data").symlink_to("..1")
        for name, content in files.items():
            (folder / "..1" / name).write_text(content)
            (folder / name).symlink_to(f"..data/{name}")


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
