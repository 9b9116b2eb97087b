"""What a CycloneDX BOM in XML holds, and what JSON calls it.

Source: the XML and JSON schemas of CycloneDX 1.0 to 1.7 (cyclonedx.org); which of it Conftest gives, and what of it always, was seen from
`conftest parse`. What stands in no table is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policyctl.collectors.configuration.cyclonedx.tables_about import ABOUT
from policyctl.collectors.configuration.cyclonedx.tables_assets import ASSETS
from policyctl.collectors.configuration.cyclonedx.tables_formulation import FORMULATION
from policyctl.collectors.configuration.cyclonedx.tables_models import MODELS

_INVENTORY: Final = {
    "bom": """
        @serialNumber @version=integer! metadata=metadata components/component=component services/service=service
        externalReferences/reference=external_reference dependencies/dependency=dependency
        compositions/composition=composition properties/property=property vulnerabilities/vulnerability=vulnerability
        annotations/annotation=annotation formulation/formula=formula declarations=declarations definitions=definitions
        citations/citation=citation
    """,
    "metadata": """
        timestamp lifecycles/lifecycle=lifecycle tools=tools authors/author=contact component=component
        manufacture=organization manufacturer=organization supplier=organization licenses=licenses
        properties/property=property distributionConstraints=distribution_constraints
    """,
    "lifecycle": "name phase description",
    "distribution_constraints": "tlp",
    "tools_since_1_5": "components/component=component services/service=service",
    "tool": "vendor name! version hashes/hash=hash externalReferences/reference=external_reference",
    "component": """
        @bom-ref @mime-type @type! supplier=organization manufacturer=organization author authors/author=contact publisher
        group name! version versionRange description scope hashes/hash=hash licenses=licenses copyright cpe purl omniborId*
        swhid* swid=swid modified=truth isExternal=truth pedigree=pedigree
        externalReferences/reference=external_reference properties/property=property components/component=component
        evidence=evidence releaseNotes=release_notes modelCard=model_card data*=component_data
        cryptoProperties=crypto_properties tags/tag
    """,
    "service": """
        @bom-ref provider=organization group name! version description endpoints/endpoint authenticated=truth
        x-trust-boundary=truth trustZone data/dataflow=dataflow licenses=licenses
        externalReferences/reference=external_reference properties/property=property services/service=service
        releaseNotes=release_notes tags/tag
    """,
    "dataflow": """
        @name @description classification=classified! governance=governance source/url destination/url
    """,
    "classified": "@flow! .:classification!",
    "composition": """
        @bom-ref aggregate! assemblies/assembly=ref dependencies/dependency=ref vulnerabilities/vulnerability=ref
    """,
    "swid": "@tagId! @name! @version @tagVersion=integer @patch=truth @url text=attached",
    "pedigree": """
        ancestors/component=component descendants/component=component variants/component=component commits/commit=commit
        patches/patch=patch notes
    """,
    "commit": "uid url author=action committer=action message",
    "action": "timestamp name email",
    "patch": "@type! diff=diff resolves/issue=issue",
    "diff": "text=attached url",
    "issue": "@type! id! name description! source=source references/url",
    "release_notes": """
        type! title featuredImage socialImage description timestamp aliases/alias tags/tag resolves/issue=issue
        notes/note=note properties/property=property
    """,
    "note": "locale text=attached!",
    "evidence": """
        identity*=identity occurrences/occurrence=occurrence callstack=callstack? licenses=licenses?
        copyright/text=copyright
    """,
    "identity": "field confidence=single concludedValue methods/method=method tools/tool=ref",
    "method": "technique confidence=single value",
    "occurrence": "@bom-ref @line=integer @offset=integer @symbol @additionalContext location",
    "callstack": "frames/frame=frame",
    "frame": "package module function parameters/parameter line=integer column=integer fullFilename",
    "copyright": ".:text!",
    "license": """
        @bom-ref @acknowledgement id name text=attached url licensing=licensing properties/property=property
    """,
    "licensing": """
        altIds/altId licensor=somebody licensee=somebody purchaser=somebody purchaseOrder licenseTypes/licenseType
        lastRenewal expiration
    """,
    "expression": "@acknowledgement @bom-ref .:expression",
    "expression_detailed": "@expression @acknowledgement @bom-ref details*:expressionDetails=expression_detail",
    "expression_detail": "@license-identifier:licenseIdentifier! text=attached url",
}

_COMMON: Final = {
    "organization": "@bom-ref name! address=address url* contact*=contact",
    "contact": "@bom-ref name email phone",
    "somebody": "organization=organization individual=contact",
    "address": "@bom-ref country region locality postOfficeBoxNumber postalCode streetAddress",
    "hash": "@alg! .:content!",
    "property": "@name! .:value!",
    "attached": ".:content! @content-type:contentType @encoding",
    "external_reference": "@type! url! comment hashes/hash=hash properties/property=property",
    "source": "name url",
    "reference": "@ref!",
    "dependency": "@ref! dependency*:dependsOn=ref provides*=ref",
}

TABLES: Final[Mapping[str, str]] = {**_COMMON, **_INVENTORY, **ABOUT, **ASSETS, **FORMULATION, **MODELS}
"""The tables by name."""
