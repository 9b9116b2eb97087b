package policyctl.controls.supply_chain.dependencies_pinned

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: What is installed beside the model is another version tomorrow.
findings contains finding if {
	some index, requirement in _requirements
	entry.value(requirement, "pinned") != true

	written := sprintf("%s%s", [entry.told(requirement, "name", "a requirement"), _specifier(requirement)])
	finding := model.finding("not_pinned", sprintf("%s is not one exact version", [written]), ["requirements", index])
}

# METADATA
# description: Nobody has written down what the model needs.
undetermined contains model.untold("what packages the version needs is not known", ["requirements"]) if {
	_requirements == []
}

_specifier(requirement) := specifier if {
	specifier := entry.value(requirement, "specifier")
	is_string(specifier)
} else := ""

_requirements := input.facts.requirements if {
	is_array(input.facts.requirements)
} else := []
