"""The tables of what is said about components and services: vulnerabilities, annotations, declarations, standards, citations."""

from __future__ import annotations

from typing import Final

ABOUT: Final = {
    "vulnerability": """
        @bom-ref id! source=source references/reference=vulnerability_reference ratings/rating=rating cwes/cwe=integer
        description detail recommendation workaround proofOfConcept=proof_of_concept advisories/advisory=advisory created
        published updated rejected credits=credits tools=tools analysis=analysis affects/target=affected
        properties/property=property
    """,
    "vulnerability_reference": "id source=source",
    "rating": "source=source score=number severity method vector justification",
    "proof_of_concept": "reproductionSteps environment supportingMaterial/attachment=attached",
    "advisory": "title url!",
    "credits": "organizations/organization=organization individuals/individual=contact",
    "analysis": "state justification responses/response:response detail firstIssued lastUpdated",
    "affected": "ref! versions/version=affected_version",
    "affected_version": "version range status!",
    "annotation": "@bom-ref subjects/subject=ref annotator=annotator timestamp text",
    "annotator": "organization=organization individual=contact component=component service=service",
    "declarations": """
        assessors/assessor=assessor attestations/attestation=attestation claims/claim=claim
        evidence/evidence=declared_evidence targets=targets affirmation=affirmation
    """,
    "assessor": "@bom-ref thirdParty=truth? organization=organization",
    "attestation": "summary assessor=ref? map*=attestation_map",
    "attestation_map": """
        requirement claims/claim=ref counterClaims/counterClaim=ref conformance=conformance confidence=confidence
    """,
    "conformance": "score=number rationale mitigationStrategies/mitigationStrategy=ref",
    "confidence": "score=number rationale",
    "claim": """
        @bom-ref target=ref? predicate mitigationStrategies/mitigationStrategy=ref reasoning evidence*=ref
        counterEvidence*=ref externalReferences/reference=external_reference
    """,
    "declared_evidence": """
        @bom-ref propertyName description data*=evidence_data created expires author=contact reviewer=contact
    """,
    "evidence_data": "name contents=evidence_contents sensitiveData* governance=governance",
    "evidence_contents": "attachment=attached url",
    "targets": "organizations/organization=organization components/component=component services/service=service",
    "affirmation": "statement signatories/signatory=signatory",
    "signatory": "name role organization=organization externalReference=external_reference",
    "definitions": "standards/standard=standard",
    "standard": """
        @bom-ref name version description owner requirements/requirement=requirement levels/level=level
        externalReferences/reference=external_reference
    """,
    "requirement": """
        @bom-ref identifier title text descriptions/description openCre* parent properties/property=property
        externalReferences/reference=external_reference
    """,
    "level": "@bom-ref identifier title description requirements/requirement",
    "citation": "@bom-ref pointers/pointer expressions/expression timestamp attributedTo=ref process note",
}
"""The tables by name."""
