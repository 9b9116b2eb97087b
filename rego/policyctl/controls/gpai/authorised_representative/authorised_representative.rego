package policyctl.controls.gpai.authorised_representative

import data.policyctl.lib.gpai
import data.policyctl.lib.record
import data.policyctl.lib.stated

resources contains input.facts.id if {
	gpai.in_union(_country) != "yes"
	gpai.exempt != "yes"
}

# METADATA
# description: A provider outside the Union names no representative.
findings contains finding if {
	_is_bound
	some finding in stated.lacking(_representative, {"name": "the authorised representative in the Union"}, ["representative"])
}

# METADATA
# description: The representative is not established in the Union.
findings contains finding if {
	_is_bound
	gpai.in_union(_seat) != "yes"

	finding := {
		"code": "not_in_union",
		"resource": input.facts.id,
		"message": sprintf("the country of the authorised representative is not stated as one of the Union: %v", [_seat]),
		"path": ["representative", "country"],
	}
}

# METADATA
# description: There is no day of a written mandate.
findings contains finding if {
	_is_bound
	record.is_day(_mandate) == false

	finding := {
		"code": "no_mandate",
		"resource": input.facts.id,
		"message": "no day is stated on which the authorised representative was given a written mandate",
		"path": ["representative", "mandate"],
	}
}

# METADATA
# description: The mandate was given after the model came to the market.
findings contains finding if {
	_is_bound
	record.is_day(_mandate)
	needed := gpai.due(gpai.placed)
	is_string(needed)
	_mandate > needed

	finding := {
		"code": "mandate_late",
		"resource": input.facts.id,
		"message": sprintf("the mandate is of %s, and was to be there by %s", [_mandate, needed]),
		"path": ["representative", "mandate"],
	}
}

# METADATA
# description: The mandate is not named by its digest, or is not what it says.
findings contains finding if {
	_is_bound
	some finding in stated.unproven(_documents, "the mandate of the authorised representative", ["representative", "evidence"])
}

# METADATA
# description: Where the provider is established cannot be told.
undetermined contains entry if {
	gpai.in_union(_country) == "unclear"
	gpai.exempt != "yes"

	entry := {
		"resource": input.facts.id,
		"path": ["provider", "country"],
		"reason": "the country of the provider is not stated by its two letters",
	}
}

# METADATA
# description: The record claims the exemption for open models, and does not show that there is no systemic risk.
undetermined contains doubt if {
	gpai.in_union(_country) == "no"
	some doubt in gpai.exemption_doubts
}

# METADATA
# description: When the model came to the market cannot be told, and so not whether the mandate was there before.
undetermined contains entry if {
	_is_bound
	record.is_day(gpai.placed) == false

	entry := {
		"resource": input.facts.id,
		"path": ["placed_on_market"],
		"reason": "the day on which the model was placed on the market is not stated",
	}
}

_is_bound if {
	gpai.in_union(_country) == "no"
	gpai.exempt == "no"
}

default _country := null

_country := input.facts.provider.country

default _representative := {}

_representative := input.facts.representative

default _seat := "nothing is stated"

_seat := input.facts.representative.country

default _mandate := null

_mandate := input.facts.representative.mandate

default _documents := []

_documents := input.facts.representative.evidence
