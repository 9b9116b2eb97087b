"""A real MLflow tracking server of our own, in a temporary folder, on loopback; and the questions by which tests fill it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / "build" / "mlflow" / ("Scripts" if sys.platform == "win32" else "bin")


def program(name: str) -> str:
    """A program of MLflow's own virtual environment."""
    path = PROGRAMS / name
    if not path.exists():
        raise FileNotFoundError(f"no {path}: run make servers")
    return str(path)


@dataclass(frozen=True)
class Tracking:
    """One server. `folder` is where it keeps everything; `artefacts` lie below it."""

    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a client is told."""
        return {"MLFLOW_TRACKING_URI": self.url}

    @property
    def artefacts(self) -> Path:
        return self.folder / "artefacts"

    def get(self, path: str, **query: str) -> Any:
        """The answer to a GET of the REST API."""
        return httpx.get(f"{self.url}/api/2.0/mlflow/{path}", params=query, timeout=60).raise_for_status().json()

    def post(self, path: str, body: Mapping[str, Any], method: str = "POST") -> Any:
        """The answer to a POST of the REST API."""
        answer = httpx.request(method, f"{self.url}/api/2.0/mlflow/{path}", json=dict(body), timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def upload(self, uri: str, path: str, content: bytes) -> None:
        """Puts a file below an artifact URI, as MLflow's client does."""
        below = uri.removeprefix("mlflow-artifacts:/")
        put = f"{self.url}/api/2.0/mlflow-artifacts/artifacts/{below}/{path}"
        httpx.put(put, content=content, timeout=60).raise_for_status()

    def run(self, tags: Mapping[str, str] | None = None) -> dict[str, Any]:
        """A finished run."""
        listed = [{"key": key, "value": value} for key, value in (tags or {}).items()]
        now = int(time.time() * 1000)
        created = self.post("runs/create", {"experiment_id": "0", "user_id": "ada", "start_time": now, "tags": listed})
        id = created["run"]["info"]["run_id"]
        self.post("runs/update", {"run_id": id, "status": "FINISHED", "end_time": now + 1000})
        info: dict[str, Any] = self.get("runs/get", run_id=id)["run"]["info"]
        return info

    def logged_model(self, run: str, files: Mapping[str, bytes]) -> dict[str, Any]:
        """A logged model that is ready, with these files."""
        body = {"experiment_id": "0", "name": "model", "source_run_id": run}
        info: dict[str, Any] = self.post("logged-models", body)["model"]["info"]
        for path, content in files.items():
            self.upload(info["artifact_uri"], path, content)
        ready = {"model_id": info["model_id"], "status": "LOGGED_MODEL_READY"}
        self.post(f"logged-models/{info['model_id']}", ready, "PATCH")
        return info

    def model(self, name: str) -> None:
        """A registered model without versions."""
        self.post("registered-models/create", {"name": name})

    def version(self, name: str, source: str, run: str = "") -> str:
        """Registers a version, and gives its number."""
        logged = source.removeprefix("models:/")
        body = {"name": name, "source": source, "run_id": run, "model_id": logged if logged.startswith("m-") else ""}
        body = {key: value for key, value in body.items() if value}
        version: str = self.post("model-versions/create", body)["model_version"]["version"]
        return version


@contextmanager
def running(folder: Path, workers: int = 1) -> Iterator[Tracking]:
    """A server for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    store = [
        "--backend-store-uri",
        f"sqlite:///{folder}/store.db",
        "--artifacts-destination",
        str(folder / "artefacts"),
    ]
    command = [
        program("mlflow"),
        "server",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        str(workers),
        *store,
    ]
    own = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
    with open(folder / "log", "wb") as log:
        # A session of its own: it starts workers, and all of them are ended together.
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=own, start_new_session=True)
    tracking = Tracking(f"http://127.0.0.1:{port}", folder)
    try:
        _wait(tracking, process)
        yield tracking
    finally:
        os.killpg(process.pid, 15)
        process.wait(60)


def _wait(tracking: Tracking, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while True:
        try:
            if httpx.get(f"{tracking.url}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError((tracking.folder / "log").read_text())
        time.sleep(0.2)
