package policyctl.controls.gpai.authorised_representative_test

import data.policyctl.controls.gpai.authorised_representative as control
import data.policyctl.testing.gpai as make
import data.policyctl.testing.record

test_a_representative_in_the_union_with_an_earlier_mandate_passes if {
	control.resources == {"r-1"} with input as of({})
	control.findings == set() with input as of({})
	control.undetermined == set() with input as of({})
}

test_a_provider_in_the_union_needs_none if {
	document := make.small({"provider": {"name": "Meridian", "country": "DE"}})
	control.resources == set() with input as document
	control.findings == set() with input as document
	control.undetermined == set() with input as document
}

test_a_provider_outside_the_union_names_one if {
	codes == {"no_name", "not_in_union", "no_mandate", "no_evidence"} with input as make.small({"provider": {"name": "Meridian", "country": "US"}, "placed_on_market": "2026-03-02"})
	control.findings == {{
		"code": "no_name",
		"resource": "r-1",
		"message": "the record says nothing about the authorised representative in the Union: \"TBD\"",
		"path": ["representative", "name"],
	}} with input as of({"name": "TBD"})
}

test_the_representative_is_in_the_union if {
	control.findings == {{
		"code": "not_in_union",
		"resource": "r-1",
		"message": "the country of the authorised representative is not stated as one of the Union: CH",
		"path": ["representative", "country"],
	}} with input as of({"country": "CH"})
	messages == {"the country of the authorised representative is not stated as one of the Union: nothing is stated"} with input as without("country")
}

test_the_mandate_has_a_day if {
	control.findings == {{
		"code": "no_mandate",
		"resource": "r-1",
		"message": "no day is stated on which the authorised representative was given a written mandate",
		"path": ["representative", "mandate"],
	}} with input as without("mandate")
	codes == {"no_mandate"} with input as of({"mandate": "2026-02-30"})
	codes == {"no_mandate"} with input as of({"mandate": "soon"})
}

test_the_mandate_is_there_before_the_model if {
	codes == set() with input as of({"mandate": "2026-03-02"})
	control.findings == {{
		"code": "mandate_late",
		"resource": "r-1",
		"message": "the mandate is of 2026-03-03, and was to be there by 2026-03-02",
		"path": ["representative", "mandate"],
	}} with input as of({"mandate": "2026-03-03"})
}

test_a_model_from_before_has_until_the_transition_ends if {
	codes == set() with input as placed("2025-08-01", "2027-08-02")
	codes == {"mandate_late"} with input as placed("2025-08-01", "2027-08-03")
	codes == {"mandate_late"} with input as placed("2025-08-02", "2025-08-03")
}

test_the_mandate_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows the mandate of the authorised representative is named with its SHA-256 digest",
		"path": ["representative", "evidence"],
	}} with input as without("evidence")
}

test_an_open_model_needs_none if {
	document := make.small({"provider": {"name": "Meridian", "country": "US"}, "open_source": make.open})
	control.resources == set() with input as document
	control.findings == set() with input as document
	control.undetermined == set() with input as document
	everywhere := make.small({"open_source": make.open})
	control.undetermined == set() with input as everywhere
}

test_an_open_model_of_unknown_risk_is_undetermined if {
	document := make.model({"provider": {"name": "Meridian", "country": "US"}, "open_source": make.open})
	control.resources == {"r-1"} with input as document
	control.findings == set() with input as document
	{entry.path | some entry in control.undetermined} == {["systemic_risk"], ["training_compute"]} with input as document
	late := make.model({
		"provider": {"name": "Meridian", "country": "US"},
		"placed_on_market": "2026-03-02",
		"open_source": make.open,
		"representative": object.union(representative, {"mandate": "2026-03-03"}),
	})
	control.findings == set() with input as late
	inside := make.model({"provider": {"name": "Meridian", "country": "FR"}, "open_source": make.open})
	control.undetermined == set() with input as inside
}

test_a_country_that_is_not_stated_is_undetermined if {
	every country in [null, "USA", "us", "", 7] {
		document := make.small({"provider": {"name": "Meridian", "country": country}})
		control.resources == {"r-1"} with input as document
		control.findings == set() with input as document
		control.undetermined == {{
			"resource": "r-1",
			"path": ["provider", "country"],
			"reason": "the country of the provider is not stated by its two letters",
		}} with input as document
	}
	count(control.undetermined) == 1 with input as make.small({})
}

test_without_the_day_on_the_market_it_cannot_be_told if {
	control.findings == set() with input as placed("soon", "2026-02-10")
	control.undetermined == {{
		"resource": "r-1",
		"path": ["placed_on_market"],
		"reason": "the day on which the model was placed on the market is not stated",
	}} with input as placed("soon", "2026-02-10")
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

representative := {"name": "Meridian B.V.", "country": "NL", "mandate": "2026-02-10", "evidence": [record.evidence("Mandate")]}

of(changes) := outside({"representative": object.union(representative, changes)})

without(key) := outside({"representative": object.remove(representative, [key])})

placed(day, mandate) := outside({"placed_on_market": day, "representative": object.union(representative, {"mandate": mandate})})

outside(changes) := make.small(object.union({"provider": {"name": "Meridian", "country": "US"}, "placed_on_market": "2026-03-02"}, changes))
