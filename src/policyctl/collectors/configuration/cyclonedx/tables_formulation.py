"""The tables of how something was made: workflows, tasks, what triggers them and what they take and give."""

from __future__ import annotations

from typing import Final

_FLOW = """
    @bom-ref uid name description resourceReferences/resourceReference=resource taskTypes/taskType trigger=trigger
    steps/step=step inputs/input=input outputs/output=output timeStart timeEnd workspaces/workspace=workspace
    runtimeTopology/dependency=dependency properties/property=property
"""

FORMULATION: Final = {
    "formula": """
        @bom-ref components/component=component services/service=service workflows/workflow=workflow
        properties/property=property
    """,
    "workflow": f"{_FLOW} tasks/task=task taskDependencies/dependency=dependency",
    "task": _FLOW,
    "trigger": """
        @bom-ref uid name description resourceReferences/resourceReference=resource type event=event
        conditions/condition=condition timeActivated inputs/input=input outputs/output=output properties/property=property
    """,
    "event": "uid description timeReceived data=attached source=resource target=resource properties/property=property",
    "condition": "description expression properties/property=property",
    "step": "name description commands/command=command properties/property=property",
    "command": "executed properties/property=property",
    "input": """
        resource=resource parameters/parameter=parameter environmentVars=environment data=attached source=resource
        target=resource properties/property=property
    """,
    "output": """
        resource=resource parameters/parameter=parameter environmentVars=environment data=attached type source=resource
        target=resource properties/property=property
    """,
    "parameter": "name value dataType",
    "workspace": """
        @bom-ref uid name aliases/alias description resourceReferences/resourceReference=resource accessMode mountPath
        managedDataType volumeRequest volume=volume properties/property=property
    """,
    "volume": "uid name mode path sizeAllocated persistent=truth remote=truth properties/property=property",
    "resource": "ref externalReference=external_reference",
}
"""The tables by name."""
