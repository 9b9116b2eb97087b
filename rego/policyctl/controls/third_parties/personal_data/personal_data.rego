package policyctl.controls.third_parties.personal_data

import data.policyctl.lib.entry
import data.policyctl.lib.record
import data.policyctl.lib.supplier

resources contains input.facts.id if _processed != false

# METADATA
# description: It is not said where the data are.
findings contains finding if {
	_processed == true
	count(_countries) == 0

	finding := {
		"code": "no_countries",
		"resource": input.facts.id,
		"message": sprintf("it is not recorded in which countries %s processes personal data", [supplier.name]),
		"path": ["personal_data", "countries"],
	}
}

# METADATA
# description: What stands there is no country.
findings contains finding if {
	_processed == true
	some index, country in _countries
	_is_country(country) == false

	finding := {
		"code": "no_country",
		"resource": input.facts.id,
		"message": sprintf("this is no country code of two capital letters: %s", [_written(country)]),
		"path": ["personal_data", "countries", index],
	}
}

# METADATA
# description: The data leave the countries in which no more is needed, and nothing is said that allows it.
findings contains finding if {
	_processed == true
	some index, country in _countries
	_is_country(country)
	not country in _allowed
	entry.says(_personal_data, "transfer_basis") == false

	finding := {
		"code": "no_transfer_basis",
		"resource": input.facts.id,
		"message": sprintf("%s processes personal data in %s, and it is not recorded what allows that", [supplier.name, country]),
		"path": ["personal_data", "countries", index],
	}
}

# METADATA
# description: The terms of the processing are not named by their digest, are not there, or are another document.
findings contains finding if {
	_processed == true
	some code in record.evidence_defects(entry.value(_personal_data, "evidence"))

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf("%s: the terms on which %s processes personal data", [_said[code], supplier.name]),
		"path": ["personal_data", "evidence"],
	}
}

# METADATA
# description: It is not said whether the supplier processes personal data.
undetermined contains undecided if {
	not _processed in {true, false}

	undecided := {
		"resource": input.facts.id,
		"path": ["personal_data", "processed"],
		"reason": "it is not recorded whether the supplier processes personal data",
	}
}

default _personal_data := null

_personal_data := input.facts.personal_data

_processed := entry.value(_personal_data, "processed")

_countries := entry.listed(entry.value(_personal_data, "countries"))

_is_country(text) if {
	is_string(text)
	regex.match(`^[A-Z]{2}$`, text)
} else := false

_written(value) := value if {
	is_string(value)
} else := "no text"

_said := {
	"no_evidence": "no document is named with its SHA-256 digest",
	"evidence_changed": "the document is not the one that was recorded",
	"evidence_missing": "the document is not where the record says",
}

_allowed := input.profile.parameters.third_parties.personal_data.countries
