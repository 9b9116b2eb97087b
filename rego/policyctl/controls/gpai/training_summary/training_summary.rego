package policyctl.controls.gpai.training_summary

import data.policyctl.lib.record

resources := {input.facts.id}

# METADATA
# description: No place is named where the summary is public.
findings contains finding if {
	not _is_link

	finding := {
		"code": "no_link",
		"resource": input.facts.id,
		"message": sprintf("no address is named at which the summary of the training content is public: %v", [_link]),
		"path": ["training_summary", "link"],
	}
}

# METADATA
# description: The summary does not follow the template of the AI Office.
findings contains finding if {
	_template != true

	finding := {
		"code": "not_on_template",
		"resource": input.facts.id,
		"message": sprintf("the summary is not stated to follow the template of the AI Office: %v", [_template]),
		"path": ["training_summary", "template"],
	}
}

# METADATA
# description: The summary is to be published later.
findings contains finding if {
	record.is_day(_published)
	_published > input.as_of

	finding := {
		"code": "not_published",
		"resource": input.facts.id,
		"message": sprintf("the summary is to be published on %s only", [_published]),
		"path": ["training_summary", "published"],
	}
}

# METADATA
# description: It is not stated since when the summary is public.
undetermined contains entry if {
	record.is_day(_published) == false

	entry := {
		"resource": input.facts.id,
		"path": ["training_summary", "published"],
		"reason": "the day on which the summary was published is not stated",
	}
}

_is_link if {
	is_string(_link)
	regex.match(`^https?://[^\s/]+\.[^\s/]+`, _link)
}

default _link := "nothing is stated"

_link := input.facts.training_summary.link

default _template := "nothing is stated"

_template := input.facts.training_summary.template

default _published := null

_published := input.facts.training_summary.published
