"""The tables of model cards and of data."""

from __future__ import annotations

from typing import Final

MODELS: Final = {
    "model_card": """
        @bom-ref modelParameters=model_parameters quantitativeAnalysis=quantitative_analysis considerations=considerations
    """,
    "model_parameters": """
        approach=approach task architectureFamily modelArchitecture datasets/dataset=dataset inputs/input=format
        outputs/output=format
    """,
    "dataset_elsewhere": "ref",
    "approach": "type",
    "format": "format",
    "quantitative_analysis": "performanceMetrics/performanceMetric=performance_metric graphics=graphics",
    "performance_metric": "type value slice confidenceInterval=confidence_interval",
    "confidence_interval": "lowerBound upperBound",
    "considerations": """
        users/user useCases/useCase technicalLimitations/technicalLimitation performanceTradeoffs/performanceTradeoff
        ethicalConsiderations/ethicalConsideration=ethical_consideration
        environmentalConsiderations=environmental_considerations fairnessAssessments/fairnessAssessment=fairness_assessment
    """,
    "ethical_consideration": "name mitigationStrategy",
    "fairness_assessment": "groupAtRisk benefits harms mitigationStrategy",
    "environmental_considerations": """
        energyConsumptions/energyConsumption=energy_consumption properties/property=property
    """,
    "energy_consumption": """
        activity! energyProviders*=energy_provider~ activityEnergyCost=measure! co2CostEquivalent=measure
        co2CostOffset=measure properties/property=property
    """,
    "energy_provider": """
        @bom-ref description organization=organization~ energySource! energyProvided=measure~
        externalReferences/reference=external_reference
    """,
    "measure": "value=single! unit!",
    "component_data": """
        @bom-ref type name contents=data_contents classification sensitiveData* graphics=graphics description
        governance=governance
    """,
    "data_contents": "attachment=attached url properties*=property",
    "governance": "custodians/custodian=responsible stewards/steward=responsible owners/owner=responsible",
    "responsible": "organization=organization contact=contact",
    "graphics": "description collection/graphic=graphic",
    "graphic": "name image=attached",
}
"""The tables by name."""
