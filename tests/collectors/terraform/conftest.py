"""Plans for the tests: real ones from tests/data/terraform, and small ones made on the spot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.terraform import TerraformPlanCollector
from policyctl.model.content import Content
from policyctl.model.document import Collected, Input

DATA = Path(__file__).parents[2] / "data" / "terraform"


def content_of(path: Path) -> Content:
    raw = path.read_bytes()
    text = raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    return Content(str(path), hashlib.sha256(raw).hexdigest(), "json", text, (json.loads(text),))


class Plans:
    """`read` collects a recorded plan, `made` one given as a value; `resource` finds one resource by its address."""

    data = DATA

    def input(self, plan: Any, path: str = "plan.json") -> Input:
        (result,) = TerraformPlanCollector().collect([Content(path, "0" * 64, "json", json.dumps(plan), (plan,))])
        return result

    def made(self, plan: Any) -> Collected:
        result = self.input(plan)
        assert result.status == "decided", result
        return result.subjects[0]

    def read(self, name: str) -> Collected:
        (result,) = TerraformPlanCollector().collect([content_of(DATA / name)])
        assert result.status == "decided", result
        return result.subjects[0]

    def resource(self, collected: Collected, address: str) -> dict[str, Any]:
        (found,) = [one for one in self.all(collected) if one["address"] == address]
        return found

    def all(self, collected: Collected) -> Iterator[dict[str, Any]]:
        for members in collected.facts["resources"].values():
            yield from members

    def plan(self, *changes: dict[str, Any], root: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A plan of these changes, with `root` as the configuration of the root module."""
        return {
            "format_version": "1.2",
            "terraform_version": "1.11.4",
            "planned_values": {"root_module": {}},
            "resource_changes": list(changes),
            "configuration": {"root_module": root or {}},
            **more,
        }

    def change(self, address: str, after: Any = None, *, actions: tuple[str, ...] = ("create",), **more: Any) -> Any:
        """A resource change; module, index and the rest are taken from the address (keys without dots)."""
        *module, last = _steps(address)
        name, _, index = last.partition("[")
        key = json.loads(index.rstrip("]")) if index else None
        type_ = module.pop()
        mode = "managed"
        if module and module[-1] == "data":
            mode = module.pop()
        change = {
            "actions": list(actions),
            "before": more.pop("before", None),
            "after": after if after is not None or set(actions) <= {"delete", "forget"} else {},
            "after_unknown": more.pop("unknown", {}),
            "after_sensitive": more.pop("sensitive", {}),
            "before_sensitive": more.pop("before_sensitive", False),
        }
        return {
            "address": address,
            "mode": mode,
            "type": type_,
            "name": name,
            "provider_name": f"registry.terraform.io/hashicorp/{type_.split('_')[0]}",
            "change": change,
            **({"module_address": ".".join(module)} if module else {}),
            **({"index": key} if key is not None else {}),
            **more,
        }

    def config(self, address: str, expressions: dict[str, Any], **more: Any) -> dict[str, Any]:
        """A resource of a module's configuration."""
        mode = "data" if address.startswith("data.") else "managed"
        type_, name = address.removeprefix("data.").split(".")
        return {"address": address, "mode": mode, "type": type_, "name": name, "expressions": expressions, **more}


def refers(*words: str) -> dict[str, Any]:
    """An expression as a plan writes it: each reference with its beginnings."""
    listed = []
    for word in words:
        steps = word.split(".")
        listed.append(word)
        listed.extend(".".join(steps[:end]) for end in range(len(steps) - 1, 1, -1))
    return {"references": listed}


def _steps(address: str) -> list[str]:
    return address.split(".")


@pytest.fixture
def plans() -> Plans:
    return Plans()


@pytest.fixture(scope="session")
def plans_once() -> Plans:
    return Plans()


@pytest.fixture
def refer() -> Callable[..., dict[str, Any]]:
    return refers
