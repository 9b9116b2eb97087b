package policyctl.controls.data.licence_stated

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.wording

resources := model.models

# METADATA
# description: Nobody says under which licence data are used.
findings contains model.finding("no_licence", sprintf("no release record states the licence of %s", [name]), ["release", "datasets"]) if {
	some name in _used
	count(_licences(name)) == 0
}

# METADATA
# description: A dataset of the record has none, or says that there is none.
findings contains model.finding("no_licence", sprintf("the release record states no licence of %s", [name]), ["release", "datasets", index, "licence"]) if {
	some index, dataset in _stated
	name := _named(dataset, "name")
	_is_stated(entry.value(dataset, "licence")) == false
}

# METADATA
# description: The licence is one that the organisation does not accept.
findings contains model.finding("refused", message, ["release", "datasets", index, "licence"]) if {
	some index, dataset in _stated
	licence := entry.value(dataset, "licence")
	_is_stated(licence)
	_verdict(licence) == "refused"
	message := sprintf("the licence of %s is not accepted: %s", [_named(dataset, "name"), licence])
}

# METADATA
# description: A nested expression names a licence that is not accepted, and whether it must hold is for a person to read.
undetermined contains model.untold(reason, ["release", "datasets", index, "licence"]) if {
	some index, dataset in _stated
	licence := entry.value(dataset, "licence")
	_is_stated(licence)
	_verdict(licence) == "untold"
	reason := sprintf("the licence of %s has to be read by a person: %s", [_named(dataset, "name"), licence])
}

# METADATA
# description: It is not known which data were used.
undetermined contains model.untold("no dataset is recorded, neither by the run nor with a result", ["datasets"]) if count(_used) == 0

undetermined contains model.untold("results are recorded that do not name their dataset", ["evaluations"]) if {
	some result in model.evaluations
	model.text(result, "dataset") == null
}

# Of alternatives one that is accepted is enough.
_verdict(licence) := "accepted" if {
	count(_words(licence) & _refused) == 0
} else := "untold" if {
	contains(licence, "(")
} else := "accepted" if {
	some alternative in split(licence, " OR ")
	count(_words(alternative) & _refused) == 0
} else := "refused"

_words(licence) := {word | some word in regex.split(`[\s()]+`, lower(licence))}

_is_stated(licence) if {
	wording.says_something(licence)
	lower(trim_space(licence)) != "noassertion"
} else := false

_licences(name) := {index | some index, dataset in _stated; _named(dataset, "name") == name}

_used contains _named(dataset, "name") if some dataset in model.datasets

_used contains name if {
	some result in model.evaluations
	name := model.text(result, "dataset")
	name != null
}

_named(one, key) := name if {
	name := model.text(one, key)
	name != null
} else := "a dataset without a name"

_stated := entry.listed(model.stated("datasets"))

_refused := {lower(refused) | some refused in input.profile.parameters.data.licence_stated.refused}
