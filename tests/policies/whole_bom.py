"""A CycloneDX BOM in XML that has every entry of every table once: filled, or hollow, with everything there and empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from policyctl.collectors.configuration.cyclonedx.notation import Field, table
from policyctl.collectors.configuration.cyclonedx.scalars import SCALARS
from policyctl.collectors.configuration.cyclonedx.tables import TABLES

NAMESPACE = "http://cyclonedx.org/schema/bom/1.6"
_NAMED = "<license><name>named</name></license>"


class WholeBom:
    """Each table is filled where it is met first, and left empty from then on."""

    def __init__(self, hollow: bool = False) -> None:
        self._hollow = hollow
        self._numbers = count(1)
        self.met: set[str] = set()

    def text(self) -> str:
        """The document."""
        return self._object("bom", "bom").replace("<bom ", f'<bom xmlns="{NAMESPACE}" ', 1)

    def _scalar(self, kind: str) -> str:
        number = next(self._numbers)
        told = {
            "text": f" text & {number} ",
            "integer": f" {number}",
            "number": f"{number}.25",
            "single": f"{number}.1",
        }
        return "" if self._hollow else told.get(kind, "true")

    def _value(self, name: str, kind: str) -> str:
        if kind in SCALARS:
            return f"<{name}>{escape(self._scalar(kind))}</{name}>"
        if kind in ("ref", "dataflow"):
            return self._object(name, {"ref": "reference"}.get(kind, kind))
        if kind in TABLES:
            return self._object(name, kind)
        return f"<{name}>{''.join(self._choices(kind))}</{name}>"

    def _choices(self, kind: str) -> Iterator[str]:
        if kind == "licenses":
            yield from (_NAMED, self._object("license", "license", {"id": "<id>MIT</id>", "name": ""}))
            yield from (self._object(name, name.replace("-", "_")) for name in ("expression", "expression-detailed"))
        elif kind == "tools" and "tools" not in self.met:
            self.met.add("tools")
            yield f"<components>{self._object('component', 'component')}</components>"
            yield f"<services>{self._object('service', 'service')}</services>"
        elif kind == "tools":
            yield self._object("tool", "tool")
        elif kind == "dataset":
            yield "" if "dataset" in self.met else "<ref>elsewhere</ref>"
            self.met.add("dataset")
        else:
            yield "<value>one</value><value/><environmentVar name='two'>2</environmentVar><environmentVar/>"

    def _object(self, name: str, kind: str, instead: Mapping[str, str] = MappingProxyType({})) -> str:
        """`instead` has elements that are written so, wherever the table is met."""
        fields = table(TABLES[kind])
        if kind in self.met:
            return f"<{name}>{''.join(instead.values())}</{name}>"
        self.met.add(kind)
        attributes = "".join(f" {at.name}={quoteattr(self._scalar(at.kind))}" for at in fields.attributes.values())
        text = escape(self._scalar(fields.text.kind)) if fields.text else ""
        inside = "".join(instead.get(field.name, self._field(field)) for field in fields.elements.values())
        return f"<{name}{attributes}>{text}{inside}</{name}>"

    def _field(self, field: Field) -> str:
        if field.item:
            return f"<{field.name}>{self._value(field.item, field.kind) * 2}</{field.name}>"
        return self._value(field.name, field.kind) * (2 if field.repeated else 1)
