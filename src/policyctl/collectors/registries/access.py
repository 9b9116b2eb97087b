"""How to reach one server: its address, and what it is shown there."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from policyctl.model.errors import UsageError


@dataclass(frozen=True, slots=True)
class Access:
    """`url` is the address that the configuration or the environment names; nothing but what lies below it is ever asked.

    `token` (a bearer token) or `user` and `password` are for this server alone; without them, netrc is looked into. `ca_file` holds the
    authorities to trust in place of the public ones, `client_certificate` (a file) what is shown to a server that asks for one. `wait`
    is for how many seconds in all a question is asked again of a server that is busy, `timeout` how many one answer may be silent.
    """

    url: str
    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    client_certificate: str = ""
    timeout: float = 30
    wait: float = 60

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{self.url!r} is no address of a server", hint="write it as https://mlflow.example.com")
        if parts.username or parts.password:
            raise UsageError(
                f"the address of {parts.hostname} holds a user or password",
                hint="keep them in netrc, or in the environment",
            )
        if parts.scheme == "http" and (self.token or self.password) and not is_loopback(parts.hostname):
            raise UsageError(
                f"{parts.hostname} would be sent a password or token in plain text",
                hint="name the server with https://",
            )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, told from the name alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
