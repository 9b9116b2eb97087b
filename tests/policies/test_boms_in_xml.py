"""CycloneDX in XML: the whole of what is read has the shape that Conftest gives it, and what is not read is an error that says where.

`shapes/expected/whole.cyclonedx.json` and `hollow.cyclonedx.json` hold what Conftest 0.71.1 prints for the BOMs of `whole_bom`.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.configuration.cyclonedx.reading import read_cyclonedx
from policyctl.collectors.configuration.cyclonedx.tables import TABLES
from policyctl.model.errors import InputError
from tests.conftest import ROOT
from tests.policies.test_shapes import expected
from tests.policies.whole_bom import NAMESPACE, WholeBom

WHOLE = {"whole": WholeBom().text(), "hollow": WholeBom(hollow=True).text()}
REAL = ROOT / "tests" / "data" / "bom" / "cyclonedx-1.6-considerations-env.xml"


def read(text: str) -> Any:
    """The BOM as a policy sees it."""
    return read_cyclonedx(text, "bom.xml").values[0]


def bom(inside: str) -> str:
    """A BOM that holds this."""
    return f'<bom xmlns="{NAMESPACE}" version="1">\n{inside}\n</bom>'


def component(inside: str) -> str:
    """A BOM with a component that holds this."""
    return bom(f'<components><component type="library"><name>a</name>\n{inside}\n</component></components>')


def refused(text: str) -> str:
    """What is said of a BOM that is not read."""
    with pytest.raises(InputError) as error:
        read(text)
    return error.value.message


@pytest.mark.parametrize("name", WHOLE)
def test_all_that_is_read_has_the_shape_that_conftest_gives_it(name: str) -> None:
    assert read(WHOLE[name]) == expected(f"{name}.cyclonedx")


def test_the_whole_bom_has_every_table() -> None:
    whole = WholeBom()
    whole.text()

    assert set(TABLES) - whole.met == {"dataset_elsewhere", "tools_since_1_5"}, "written out in WholeBom itself"


@pytest.mark.servers
@pytest.mark.parametrize("name", WHOLE)
def test_conftest_gives_all_of_it_that_shape(conftest_path: str, tmp_path: Path, name: str) -> None:
    assert parsed(conftest_path, tmp_path, WHOLE[name]) == expected(f"{name}.cyclonedx")


@pytest.mark.servers
def test_conftest_gives_a_model_s_bom_the_same_shape(conftest_path: str, tmp_path: Path) -> None:
    assert parsed(conftest_path, tmp_path, REAL.read_text()) == read(REAL.read_text())


def parsed(conftest_path: str, folder: Path, text: str) -> Any:
    """What Conftest makes of a BOM."""
    (folder / "bom.cyclonedx").write_text(text)
    ran = subprocess.run(
        [conftest_path, "parse", "bom.cyclonedx"], cwd=folder, capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (component("<modelCard><properties/></modelCard>"), "bom.xml:3: <properties>: in <modelCard> it is not read"),
        (component("<patentAssertions/>"), "bom.xml:3: <patentAssertions>: in <component> it is not read"),
        (component("<colour>red</colour>"), "bom.xml:3: <colour>: in <component> it is not read"),
        (component('<x:name xmlns:x="urn:x">b</x:name>'), "bom.xml:3: <name>: in <component> it is not read"),
        (component("<name>b</name>"), "bom.xml:3: <name>: stands twice in <component>"),
        (component("<description>a <b>c</b></description>"), "bom.xml:3: <b>: in <description> it is not read"),
        (
            component('<description lang="en">a</description>'),
            "bom.xml:3: <description>: the attribute lang is not read",
        ),
        (component("<pedigree>words</pedigree>"), "bom.xml:3: <pedigree>: its text is not read"),
        (component("<hashes><digest/></hashes>"), "bom.xml:3: <digest>: in <hashes> it is not read"),
        (component("<hashes>words</hashes>"), "bom.xml:3: <hashes>: its text is not read"),
        (component("<licenses><license/></licenses>"), "bom.xml:3: <license>: neither an id nor a name, or both"),
        (component("<licenses><licence/></licenses>"), "bom.xml:3: <licence>: in <licenses> it is not read"),
        (component("<modified>yes</modified>"), "bom.xml:3: <modified>: neither true nor false"),
        (bom("<metadata><tools/></metadata>"), "bom.xml:2: <tools>: names none"),
        (
            bom("<metadata><tools><tool/><services/></tools></metadata>"),
            "bom.xml:2: <services>: in <tools> it is not read",
        ),
        (
            bom("<annotations><annotation><subjects><subject>a</subject></subjects></annotation></annotations>"),
            "<subject>: its text",
        ),
        (
            bom("<vulnerabilities><vulnerability><cwes><cwe>CWE-79</cwe></cwes></vulnerability></vulnerabilities>"),
            "<cwe>: no whole number",
        ),
        (bom("<annotations/><annotations/>"), "bom.xml:2: <annotations>: stands twice in <bom>"),
        (f'<bom xmlns="{NAMESPACE}" version="1.5"/>', "bom.xml:1: <bom>: no whole number"),
        (
            f'<bom xmlns="{NAMESPACE}" xmlns:x="urn:x" x:version="1"/>',
            "bom.xml:1: <bom>: the attribute version is not read",
        ),
        ("<bom/>", "bom.xml:1: this is no CycloneDX BOM of the versions 1.0 to 1.7"),
        ('<bom xmlns="http://cyclonedx.org/schema/bom/1.8"/>', "bom.xml:1: this is no CycloneDX BOM"),
        ('<bomb xmlns="http://cyclonedx.org/schema/bom/1.6"/>', "bom.xml:1: this is no CycloneDX BOM"),
        (bom("<components>")[:-12], "bom.xml:2: this is not XML"),
        (f"<!DOCTYPE bom [<!ENTITY a 'b'>]>{bom('<services/>')}", "bom.xml:1: defines entities of its own"),
        (f"<!DOCTYPE bom [<!ENTITY a SYSTEM '/etc/passwd'>]>{bom('&a;')}", "bom.xml:1: defines entities of its own"),
        (f"<!DOCTYPE bom SYSTEM 'bom.dtd'>{bom('&a;')}", "bom.xml:2: the entity a is not defined here"),
        (f"<?xml version='1.0' encoding='ISO-8859-1'?>{bom('')}", "bom.xml: declares the encoding ISO-8859-1"),
        (component("<components><component>" * 100 + "</component></components>" * 100), "nested more than 200 deep"),
    ],
)
def test_what_cannot_be_given_is_an_error_that_says_where(text: str, said: str) -> None:
    assert said in refused(text)


@pytest.mark.parametrize("text", ["1e400", "nan", "0x1p-2", "1_000", " "])
def test_what_is_no_number_is_an_error(text: str) -> None:
    rating = f"<vulnerabilities><vulnerability><ratings><rating><score>{text}</score></rating></ratings></vulnerability></vulnerabilities>"

    assert "<score>: no number" in refused(bom(rating))


def test_a_schema_s_place_and_default_attributes_change_nothing() -> None:
    schema = bom("").replace(
        "version", 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="a b" version'
    )
    default = f"<!DOCTYPE bom [<!ATTLIST bom serialNumber CDATA 'urn:x'>]>{bom('')}"

    assert read(schema) == read(default) == {"bomFormat": "", "specVersion": "SpecVersion(0)", "version": 1}
