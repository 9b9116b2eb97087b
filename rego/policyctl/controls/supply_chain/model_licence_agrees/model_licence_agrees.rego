package policyctl.controls.supply_chain.model_licence_agrees

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.wording

resources := model.models

# METADATA
# description: Nobody says under which licence the model may be used.
findings contains model.finding("no_licence", "neither the card nor a tag of the version names a licence", ["card"]) if {
	count(_of_card) == 0
	count(_tags) == 0
}

# METADATA
# description: Who reads the tag takes the model for something else than who reads the card.
findings contains finding if {
	count(_of_card) > 0
	some tag, licence in _tags
	wording.says_something(licence)
	not _plain(licence) in {_plain(named) | some named in _of_card}

	told := [tag, licence, concat(", ", _of_card)]
	finding := model.finding("contradicted", sprintf("the tag %s says %s, and the card says %s", told), ["tags", tag])
}

# METADATA
# description: What only a tag says cannot be compared with a card.
undetermined contains model.untold("a tag names the licence, and no card does", ["card"]) if {
	count(_of_card) == 0
	count(_tags) > 0
}

# METADATA
# description: There is a tag for the licence, and it names none.
undetermined contains _unclear(tag) if {
	some tag, licence in _tags
	wording.says_something(licence) == false
}

# METADATA
# description: What is no text may hold a tag for the licence.
undetermined contains _unclear(tag) if {
	some tag, text in input.facts.tags
	not is_string(text)
}

# Each licence of the card, by every name that it has there. "other" is Hugging Face's word for one that has a name of its own.
_of_card := {name |
	some licence in entry.listed(entry.value(entry.value(model.card, "facts"), "licences"))
	some key in ["id", "spdx", "name"]
	name := entry.value(licence, key)
	wording.says_something(name)
	lower(name) != "other"
}

_tags := {tag: licence |
	some tag, licence in input.facts.tags
	lower(tag) in {"license", "licence", "license_name", "licence_name"}
}

# "GPL-3.0" and "GPL-3.0-only" are two names of one licence.
_plain(name) := trim_suffix(replace(lower(trim_space(name)), " ", "-"), "-only")

_unclear(tag) := model.untold(sprintf("what the tag %s says of the licence cannot be told", [tag]), ["tags", tag])
