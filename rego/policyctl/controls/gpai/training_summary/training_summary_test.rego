package policyctl.controls.gpai.training_summary_test

import data.policyctl.controls.gpai.training_summary as control
import data.policyctl.testing.gpai as make

test_a_public_summary_on_the_template_passes if {
	control.resources == {"r-1"} with input as of({})
	control.findings == set() with input as of({})
	control.undetermined == set() with input as of({})
}

test_the_summary_has_an_address if {
	control.findings == {{
		"code": "no_link",
		"resource": "r-1",
		"message": "no address is named at which the summary of the training content is public: on request",
		"path": ["training_summary", "link"],
	}} with input as of({"link": "on request"})
	codes == set() with input as of({"link": "http://a.eu"})
	every broken in [null, 7, "", "ftp://a.eu", "see https://a.eu", "https://localhost", "https:// a.eu"] {
		codes == {"no_link"} with input as of({"link": broken})
	}
}

test_the_summary_is_on_the_template if {
	control.findings == {{
		"code": "not_on_template",
		"resource": "r-1",
		"message": "the summary is not stated to follow the template of the AI Office: false",
		"path": ["training_summary", "template"],
	}} with input as of({"template": false})
	codes == {"not_on_template"} with input as of({"template": "true"})
}

test_without_a_summary_both_are_found if {
	messages == {
		"no address is named at which the summary of the training content is public: nothing is stated",
		"the summary is not stated to follow the template of the AI Office: nothing is stated",
	} with input as make.model({})
}

test_a_summary_is_public_from_its_day_on if {
	codes == set() with input as of({"published": "2026-11-21"})
	control.findings == {{
		"code": "not_published",
		"resource": "r-1",
		"message": "the summary is to be published on 2026-11-22 only",
		"path": ["training_summary", "published"],
	}} with input as of({"published": "2026-11-22"})
}

test_without_a_day_it_cannot_be_told if {
	every broken in [null, "soon", 7, "2026-02-30"] {
		codes == set() with input as of({"published": broken})
		control.undetermined == {{
			"resource": "r-1",
			"path": ["training_summary", "published"],
			"reason": "the day on which the summary was published is not stated",
		}} with input as of({"published": broken})
	}
	count(control.undetermined) == 1 with input as make.model({})
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

of(changes) := make.model({"training_summary": object.union(
	{"link": "https://models.example.org/content", "published": "2026-03-02", "template": true},
	changes,
)})
