package policyctl.controls.governance.ownership_tags

import data.policyctl.lib.ai_resources
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains resource.address if some resource in _of_systems

resources contains resource.address if some resource in _of_workbenches

# METADATA
# description: A label that this resource must have is not there, or is blank.
findings contains finding if {
	some resource, label
	_asked[[resource, label]]
	count(ai_resources.label(resource, label.keys)) == 0
	ai_resources.label_untold(resource, label.keys) == false

	finding := {
		"code": sprintf("no_%s", [label.name]),
		"resource": resource.address,
		"message": sprintf("no label says %s", [label.says]),
		"path": settings.place(ai_resources.label_attribute(resource)),
	}
}

# METADATA
# description: There is a risk class, and it is none of those that are accepted.
findings contains finding if {
	some resource in _of_systems
	some class in ai_resources.label(resource, _parameters.risk_class_keys)
	not lower(class) in _classes

	finding := {
		"code": "risk_class_not_accepted",
		"resource": resource.address,
		"message": sprintf("the risk class %q is none of those that are accepted", [class]),
		"path": settings.place(ai_resources.label_attribute(resource)),
	}
}

# METADATA
# description: The label may be among those that are known only after apply, or masked.
undetermined contains entry if {
	some resource, label
	_asked[[resource, label]]
	count(ai_resources.label(resource, label.keys)) == 0
	ai_resources.label_untold(resource, label.keys) == true

	entry := {
		"resource": resource.address,
		"path": settings.place(ai_resources.label_attribute(resource)),
		"reason": sprintf("the plan does not show the labels, so whether one says %s is not known", [label.says]),
	}
}

_asked contains [resource, _owner] if some resource in _of_systems

_asked contains [resource, _owner] if some resource in _of_workbenches

_asked contains [resource, _system] if some resource in _of_systems

_asked contains [resource, _risk_class] if some resource in _of_systems

_owner := {"name": "owner", "says": "who answers for it", "keys": _parameters.owner_keys}

_system := {"name": "system", "says": "which system it belongs to", "keys": _parameters.system_keys}

_risk_class := {"name": "risk_class", "says": "which risk class its system has", "keys": _parameters.risk_class_keys}

_of_systems contains resource if {
	some type in ai_resources.systems
	some resource in terraform.planned(type)
}

_of_workbenches contains resource if {
	some type in ai_resources.workbenches
	some resource in terraform.planned(type)
}

_classes := {lower(class) | some class in _parameters.risk_classes}

_parameters := input.profile.parameters.governance.ownership_tags
