"""An aggregated API: a program of somebody's own that answers for a group of kinds, behind the API server.

Source: Kubernetes documentation, "Configure the Aggregation Layer".
"""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.admission.certificates import Authority
from tests.kube.server import Kube

VERSION = "v1"


@contextmanager
def aggregated(kube: Kube, folder: Path, group: str, answers: Mapping[str, Any]) -> Iterator[None]:
    """While this is open, a program gives these answers for the group, by path and query after its version: "/gauges?limit=100"."""
    root = f"/apis/{group}/{VERSION}"
    served = {f"{root}{path}": json.dumps(value).encode() for path, value in answers.items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = served.get(self.path) or served.get(self.path.partition("?")[0])
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    Authority(folder).issue("aggregated")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "aggregated.crt", folder / "aggregated.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        kube.apply(*registration(group, server.server_port))
        kube.kubectl("wait", "--for=condition=Available", f"apiservice/{VERSION}.{group}", "--timeout=60s")
        yield
    finally:
        kube.kubectl("delete", "apiservice", f"{VERSION}.{group}")
        server.shutdown()
        server.server_close()
        thread.join()


def registration(group: str, port: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What has the API server ask the program at this port of localhost for a group."""
    name = group.replace(".", "-")
    service = {"type": "ExternalName", "externalName": "localhost", "ports": [{"port": port}]}
    spec = {"group": group, "version": VERSION, "insecureSkipTLSVerify": True, "groupPriorityMinimum": 100}
    spec |= {"versionPriority": 100, "service": {"name": name, "namespace": "default", "port": port}}
    return (
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": "default"}, "spec": service},
        {
            "apiVersion": "apiregistration.k8s.io/v1",
            "kind": "APIService",
            "metadata": {"name": f"{VERSION}.{group}"},
            "spec": spec,
        },
    )
