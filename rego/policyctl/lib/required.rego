# METADATA
# scope: package
# description: |
#   Settings that a resource must have, as rules. A rule is {"code", "message", "any": [alternative]}; with "within" (a
#   block's name) it binds only resources that do not say that they are without this block. Alternatives:
#     {"path", "values"}                  one of these values
#     {"path", "text": true, "origins"}   any text, or what a resource of one of the types in origins will give
#     {"path", "texts": true, "origins"}  a list of such texts, not empty
#     {"path", "text": true, "origins", "via", "at"}  such a text in a resource of type via whose attribute at names this one
#   "referenced_at" says at which path the references stand, too, where the provider's schema makes the block one attribute.
#   Paths are dotted, without the indexes of blocks. No control logic.
package policyctl.lib.required

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

# METADATA
# description: What is wrong with a resource that breaks a rule, at the rule's first alternative.
finding(resource, rule) := {
	"code": rule.code,
	"resource": resource.address,
	"message": concat("", [rule.message, _told(resource, rule)]),
	"path": settings.place(_first_place(resource, rule)),
}

# METADATA
# description: What cannot be told of a resource.
entry(resource, rule) := {
	"resource": resource.address,
	"path": settings.place(_first_place(resource, rule)),
	"reason": "the value is masked or known only after apply",
}

# METADATA
# description: |
#   Whether a resource keeps a rule: "yes" when all blocks keep one of its alternatives or there is nothing that it binds, "no" when each
#   alternative is broken, else "untold".
verdict(resource, rule) := "yes" if {
	terraform.state(resource, rule.within) in {"null", "empty"}
} else := "yes" if {
	"yes" in _answers(resource, rule)
} else := "untold" if {
	"untold" in _answers(resource, rule)
} else := "no"

_answers(resource, rule) := {answer | some alternative in rule.any; answer := _answer(resource, alternative)}

_answer(resource, alternative) := _elsewhere(resource, alternative) if {
	alternative.via
} else := "no" if {
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
	some path in {alternative.path, object.get(alternative, "referenced_at", alternative.path)}
	count(terraform.origins(resource, path, alternative.origins)) > 0
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

# A resource of its own that names this one keeps the setting.
_elsewhere(resource, alternative) := "yes" if {
	"yes" in _kept_elsewhere(resource, alternative)
} else := "untold" if {
	"untold" in _kept_elsewhere(resource, alternative)
} else := "untold" if {
	count(terraform.perhaps_referring(resource, {alternative.via}, {alternative.at})) > 0
} else := "untold" if {
	count(terraform.unattached({alternative.via}, {alternative.at})) > 0
} else := "no"

_kept_elsewhere(resource, alternative) := {answer |
	some other in terraform.referring(resource, {alternative.via}, {alternative.at})
	answer := _at(other, alternative, alternative.path)
}

# Of several blocks the first need not be the one that is wrong.
_told(resource, rule) := settings.told(resource, place) if {
	places := terraform.places(resource, rule.any[0].path)
	count(places) == 1
	some place in places
} else := ""

_first_place(resource, rule) := min(terraform.places(resource, rule.any[0].path))
