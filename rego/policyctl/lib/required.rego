# METADATA
# scope: package
# description: |
#   Settings that resources must have, from a table of types: {type: [rule]}, a rule being {"code", "message", "any": [alternative]} and an
#   alternative {"path", "values"} (one of these), {"path", "text": true, "origins": types} (any text, or what one of these types will give)
#   or {"path", "texts": true, "origins": types} (a list of such texts, not empty). Paths are dotted, without the indexes of blocks. No
#   control logic.
package policyctl.lib.required

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

# METADATA
# description: Addresses of the resources that the table judges.
resources(table) := {resource.address | some type, _ in table; some resource in terraform.planned(type)}

# METADATA
# description: A finding for each rule that a resource is known to break, at its first alternative.
findings(table) := {finding |
	some type, rules in table
	some resource in terraform.planned(type)
	some rule in rules
	verdict(resource, rule) == "no"
	finding := {
		"code": rule.code,
		"resource": resource.address,
		"message": rule.message,
		"path": settings.place(_first_place(resource, rule)),
	}
}

# METADATA
# description: An entry for each rule of which the plan does not tell whether a resource keeps it.
undetermined(table) := {entry |
	some type, rules in table
	some resource in terraform.planned(type)
	some rule in rules
	verdict(resource, rule) == "untold"
	entry := {
		"resource": resource.address,
		"path": settings.place(_first_place(resource, rule)),
		"reason": "the value is masked or known only after apply",
	}
}

# METADATA
# description: |
#   Whether a resource keeps a rule: "yes" when all blocks keep one of its alternatives, "no" when each alternative is broken, else "untold".
verdict(resource, rule) := "yes" if {
	"yes" in _answers(resource, rule)
} else := "untold" if {
	"untold" in _answers(resource, rule)
} else := "no"

_answers(resource, rule) := {answer | some alternative in rule.any; answer := _answer(resource, alternative)}

_answer(resource, alternative) := "no" if {
	"no" in _places(resource, alternative)
} else := "untold" if {
	"untold" in _places(resource, alternative)
} else := "yes"

_places(resource, alternative) := {answer |
	some place in terraform.places(resource, alternative.path)
	answer := _at(resource, alternative, place)
}

_at(resource, alternative, place) := settings.one_of(resource, place, alternative.values)

_at(resource, alternative, place) := _or_origin(resource, alternative, settings.text(resource, place)) if alternative.text

_at(resource, alternative, place) := _or_origin(resource, alternative, _texts(resource, place)) if alternative.texts

# What is not known, but comes from a resource of the right type, will be there.
_or_origin(resource, alternative, "untold") := "yes" if {
	count(terraform.origins(resource, alternative.path, alternative.origins)) > 0
} else := "untold"

_or_origin(_, _, answer) := answer if answer != "untold"

_texts(resource, place) := "untold" if {
	terraform.state(resource, place) in {"unknown", "masked"}
} else := "no" if {
	"no" in _elements(resource, place)
} else := "untold" if {
	"untold" in _elements(resource, place)
} else := "yes" if {
	"yes" in _elements(resource, place)
} else := "no"

_elements(resource, place) := {answer |
	texts := terraform.value(resource, place)
	is_array(texts)
	some index, _ in texts
	answer := settings.text(resource, concat(".", [place, format_int(index, 10)]))
}

_first_place(resource, rule) := min(terraform.places(resource, rule.any[0].path))
