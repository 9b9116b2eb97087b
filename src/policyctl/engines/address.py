"""Where an OPA on this machine listens."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """`socket` is a path; where it is empty, `port` on 127.0.0.1, and `token` lets in."""

    socket: str = ""
    port: int = 0
    token: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"unix://{self.socket}" if self.socket else f"http://127.0.0.1:{self.port}"
