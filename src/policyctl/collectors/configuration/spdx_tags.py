"""Which tags an SPDX document's sections have, and what JSON calls them.

Source: the SPDX specifications 2.1 to 2.3; what Conftest makes of each tag was seen from `conftest parse`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from policyctl.collectors.configuration import spdx_values as read

Name = Literal[
    "document", "creation", "package", "reference", "file", "project", "licence", "relationship", "annotation"
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag's value goes: under `key`, in a list there where there may be `many`, or, without a key, its members as they are."""

    key: str
    read: read.Value = read.text
    many: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of object. `opens` is the tag that begins a new one, in the list `listed_as` of the object that it is `within`;
    `begun` is what it holds before its tags.
    """

    tags: Mapping[str, Place]
    opens: str = ""
    listed_as: str = ""
    within: Name = "document"
    begun: Mapping[str, Any] = field(default_factory=dict)


SECTIONS: Final[Mapping[Name, Section]] = {
    "document": Section(
        begun={"SPDXID": "SPDXRef-", "name": "", "dataLicense": "", "documentNamespace": ""},
        tags={
            "SPDXVersion": Place("spdxVersion"),
            "DataLicense": Place("dataLicense"),
            "SPDXID": Place("SPDXID", read.element),
            "DocumentName": Place("name"),
            "DocumentNamespace": Place("documentNamespace"),
            "ExternalDocumentRef": Place("externalDocumentRefs", read.external_document, many=True),
            "DocumentComment": Place("comment"),
        },
    ),
    "creation": Section(
        begun={"created": "", "creators": None},
        tags={
            "LicenseListVersion": Place("licenseListVersion"),
            "Creator": Place("creators", read.actor("Person", "Organization", "Tool"), many=True),
            "Created": Place("created"),
            "CreatorComment": Place("comment"),
        },
    ),
    "package": Section(
        opens="PackageName",
        listed_as="packages",
        begun={"downloadLocation": "", "filesAnalyzed": True},
        tags={
            "PackageName": Place("name", read.name),
            "SPDXID": Place("SPDXID", read.element),
            "PackageVersion": Place("versionInfo"),
            "PackageFileName": Place("packageFileName"),
            "PackageSupplier": Place("supplier", read.actor("Person", "Organization", nobody=True)),
            "PackageOriginator": Place("originator", read.actor("Person", "Organization", nobody=True)),
            "PackageDownloadLocation": Place("downloadLocation"),
            "FilesAnalyzed": Place("filesAnalyzed", read.truth),
            "PackageVerificationCode": Place("packageVerificationCode", read.verification_code),
            "PackageChecksum": Place("checksums", read.checksum, many=True),
            "PackageHomePage": Place("homepage"),
            "PackageSourceInfo": Place("sourceInfo"),
            "PackageLicenseConcluded": Place("licenseConcluded"),
            "PackageLicenseInfoFromFiles": Place("licenseInfoFromFiles", many=True),
            "PackageLicenseDeclared": Place("licenseDeclared"),
            "PackageLicenseComments": Place("licenseComments"),
            "PackageCopyrightText": Place("copyrightText"),
            "PackageSummary": Place("summary"),
            "PackageDescription": Place("description"),
            "PackageComment": Place("comment"),
            "PackageAttributionText": Place("attributionTexts", many=True),
            "PrimaryPackagePurpose": Place("primaryPackagePurpose"),
            "ReleaseDate": Place("releaseDate"),
            "BuiltDate": Place("builtDate"),
            "ValidUntilDate": Place("validUntilDate"),
        },
    ),
    "reference": Section(
        opens="ExternalRef",
        listed_as="externalRefs",
        within="package",
        tags={"ExternalRef": Place("", read.external_reference), "ExternalRefComment": Place("comment")},
    ),
    "file": Section(
        opens="FileName",
        listed_as="files",
        within="package",
        begun={"checksums": None, "copyrightText": ""},
        tags={
            "FileName": Place("fileName", read.name),
            "SPDXID": Place("SPDXID", read.element),
            "FileType": Place("fileTypes", many=True),
            "FileChecksum": Place("checksums", read.checksum, many=True),
            "LicenseConcluded": Place("licenseConcluded"),
            "LicenseInfoInFile": Place("licenseInfoInFiles", many=True),
            "LicenseComments": Place("licenseComments"),
            "FileCopyrightText": Place("copyrightText"),
            "FileComment": Place("comment"),
            "FileNotice": Place("noticeText"),
            "FileContributor": Place("fileContributors", many=True),
            "FileAttributionText": Place("attributionTexts", many=True),
            "FileDependency": Place("fileDependencies", many=True),
        },
    ),
    "project": Section(
        opens="ArtifactOfProjectName",
        listed_as="artifactOfs",
        within="file",
        begun={"homePage": "", "URI": ""},
        tags={
            "ArtifactOfProjectName": Place("name", read.name),
            "ArtifactOfProjectHomePage": Place("homePage"),
            "ArtifactOfProjectURI": Place("URI"),
        },
    ),
    "licence": Section(
        opens="LicenseID",
        listed_as="hasExtractedLicensingInfos",
        begun={"extractedText": ""},
        tags={
            "LicenseID": Place("licenseId", read.name),
            "ExtractedText": Place("extractedText"),
            "LicenseName": Place("name"),
            "LicenseCrossReference": Place("seeAlsos", many=True),
            "LicenseComment": Place("comment"),
        },
    ),
    "relationship": Section(
        opens="Relationship",
        listed_as="relationships",
        tags={"Relationship": Place("", read.relationship), "RelationshipComment": Place("comment")},
    ),
    "annotation": Section(
        opens="Annotator",
        listed_as="annotations",
        begun={"annotationDate": "", "annotationType": "", "comment": ""},
        tags={
            "Annotator": Place("annotator", read.actor("Person", "Organization", "Tool")),
            "AnnotationDate": Place("annotationDate"),
            "AnnotationType": Place("annotationType"),
            "AnnotationComment": Place("comment"),
        },
    ),
}

HERE: Final[Mapping[Name, tuple[Name, ...]]] = {
    "document": ("document", "creation", "relationship", "annotation"),
    "package": ("package", "reference", "relationship", "annotation"),
    "file": ("file", "project", "relationship", "annotation"),
    "licence": ("licence", "relationship", "annotation"),
}
"""Whose tags may stand in the part of the document that one of these has begun."""

NEXT: Final[Mapping[Name, tuple[Name, ...]]] = {
    "document": ("package", "file", "licence"),
    "package": ("file", "licence"),
    "file": ("package", "licence"),
    "licence": (),
}
"""What may be begun from there."""

AT_ONCE: Final = frozenset[Name](("reference", "project"))
"""Their tags stand directly behind each other."""

LEFT_OUT: Final = {"SnippetSPDXID": "a snippet", "Reviewer": "a review"}
"""What Conftest reads and then leaves out, by the tag that begins it."""
