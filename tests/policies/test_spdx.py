"""SPDX in the tag-value form: what is not read, or left out by Conftest, is an error that says where. The shapes are in test_shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.configuration.spdx import read_spdx
from policyctl.collectors.configuration.spdx_tags import SECTIONS
from policyctl.model.errors import InputError

EVERY_TAG = Path(__file__).with_name("shapes") / "every_tag.spdx"
HEADER = "SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n"
PACKAGE = f"{HEADER}PackageName: a\nSPDXID: SPDXRef-a\n"
FILE = f"{HEADER}FileName: a\nSPDXID: SPDXRef-a\n"


def read(text: str) -> Any:
    """The document as a policy sees it."""
    return read_spdx(text, "sbom.spdx").values[0]


def test_every_tag_that_is_read_stands_in_the_file_whose_shape_is_compared() -> None:
    lines = EVERY_TAG.read_text().splitlines()
    tags = {tag for section in SECTIONS.values() for tag in section.tags}

    assert tags <= {line.partition(":")[0] for line in lines}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "sbom.spdx: no SPDXVersion"),
        ('{"spdxVersion": "SPDX-2.3"}', "sbom.spdx: no SPDXVersion"),
        ("SPDXVersion: SPDX-3.0\n", "sbom.spdx: SPDX of the version SPDX-3.0 is not read"),
        (f"{HEADER}no tag\n", "sbom.spdx:3: no colon between a tag and its value"),
        (f"{HEADER}DocumentComment: <text>half", "sbom.spdx:3: <text> is not closed"),
        (f"{HEADER}DocumentComment: a <text>b</text>", "sbom.spdx:3: words outside of <text>"),
        (f"{HEADER}DocumentComment: <text>\nb</text> c", "sbom.spdx:3: words outside of <text>"),
        (f"{HEADER}DocumentName: a\nDocumentName: b", "sbom.spdx:4: DocumentName stands twice in one document"),
        (f"{HEADER}Creator: Jane", "sbom.spdx:3: no colon in the value"),
        (f"{HEADER}Creator: Robot: Jane", "sbom.spdx:3: not one of Person, Organization, Tool"),
        (f"{HEADER}Creator: Person: ", "sbom.spdx:3: not one of Person, Organization, Tool"),
        (f"{HEADER}Colour: red", "sbom.spdx:3: the tag Colour is not known in the part about a document"),
        (f"{HEADER}PackageVersion: 1", "sbom.spdx:3: the tag PackageVersion is not known"),
        (f"{HEADER}RelationshipComment: a", "sbom.spdx:3: RelationshipComment without Relationship before it"),
        (f"{HEADER}Relationship: SPDXRef-a IS", "sbom.spdx:3: 2 words, not 3"),
        (f"{HEADER}Relationship: a IS SPDXRef-b", "sbom.spdx:3: no identifier that begins with SPDXRef-"),
        (f"{HEADER}Relationship: SPDXRef-a IS DocumentRef-b", "sbom.spdx:3: DocumentRef- without a colon"),
        (f"{HEADER}Relationship: SPDXRef-a IS SPDXRef-b:c", "sbom.spdx:3: a colon in an identifier"),
        (f"{HEADER}ExternalDocumentRef: DocumentRef-b https://x", "sbom.spdx:3: 2 words, not 3 or 4"),
        (f"{HEADER}ExternalDocumentRef: DocumentRef-b https://x SHA1 a", "sbom.spdx:3: no colon behind"),
        (f"{HEADER}ExternalDocumentRef: DocumentRef-b https://x SHA1", "sbom.spdx:3: no colon behind"),
        (f"{HEADER}SPDXREF: SPDXRef-DOCUMENT", "sbom.spdx:3: the tag SPDXREF is not known"),
        (
            f"{HEADER}Annotator: Person: J\nSPDXREF: SPDXRef-a",
            "sbom.spdx:4: an annotation of SPDXRef-a: Conftest leaves it out",
        ),
        (f"{HEADER}Reviewer: Person: J", "sbom.spdx:3: a review: Conftest leaves it out"),
        (f"{FILE}SnippetSPDXID: SPDXRef-s", "sbom.spdx:5: a snippet: Conftest leaves it out"),
        (f"{HEADER}PackageName: a\nPackageName: b\nSPDXID: SPDXRef-b", "sbom.spdx:3: a package without SPDXID"),
        (f"{HEADER}PackageName: a\nFileName: b\nSPDXID: SPDXRef-b", "sbom.spdx:3: a package without SPDXID"),
        (f"{HEADER}FileName: a", "sbom.spdx:3: a file without SPDXID"),
        (f"{HEADER}PackageName:", "sbom.spdx:3: nothing behind the colon"),
        (f"{PACKAGE}SPDXID: SPDXRef-b", "sbom.spdx:5: SPDXID stands twice in one package"),
        (f"{PACKAGE}FilesAnalyzed: False", "sbom.spdx:5: neither true nor false"),
        (f"{PACKAGE}PackageSupplier: NONE", "sbom.spdx:5: no colon in the value"),
        (f"{PACKAGE}PackageSupplier: Tool: a", "sbom.spdx:5: not one of Person, Organization"),
        (f"{PACKAGE}PackageChecksum: SHA9: a", "sbom.spdx:5: an algorithm that SPDX does not know"),
        (f"{PACKAGE}PackageVerificationCode: a (excludes: b) c", "sbom.spdx:5: words behind the excluded files"),
        (f"{PACKAGE}ExternalRef: OTHER a", "sbom.spdx:5: 2 words, not 3"),
        (
            f"{PACKAGE}ExternalRef: OTHER a b\nPackageVersion: 1\nExternalRefComment: c",
            "sbom.spdx:7: ExternalRefComment without",
        ),
        (f"{PACKAGE}LicenseID: LicenseRef-1\nPackageName: b", "sbom.spdx:6: the tag PackageName is not known"),
        (f"{FILE}ArtifactOfProjectURI: b", "sbom.spdx:5: ArtifactOfProjectURI without ArtifactOfProjectName"),
    ],
)
def test_what_cannot_be_given_is_an_error_that_says_where(text: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read(text)

    assert said in error.value.message


def test_a_new_file_has_no_project_of_the_file_before() -> None:
    first = f"{FILE}ArtifactOfProjectName: one\n"

    with pytest.raises(InputError, match="without ArtifactOfProjectName"):
        read(f"{first}FileName: b\nSPDXID: SPDXRef-b\nArtifactOfProjectHomePage: https://x")
