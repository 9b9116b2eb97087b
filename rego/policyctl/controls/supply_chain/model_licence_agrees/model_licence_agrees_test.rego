package policyctl.controls.supply_chain.model_licence_agrees_test

import data.policyctl.controls.supply_chain.model_licence_agrees as control
import data.policyctl.testing.model as make

test_a_licence_of_the_card_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([apache], {})
	control.findings == set() with input as of([apache], {"team": "cellar"})
	control.undetermined == set() with input as of([apache], {"team": "cellar"})
}

test_a_tag_that_says_the_same_passes if {
	every licence in ["apache-2.0", "Apache-2.0", " Apache 2.0 "] {
		control.findings == set() with input as of([apache], {"License": licence})
		control.undetermined == set() with input as of([apache], {"License": licence})
	}
	control.findings == set() with input as of([{"id": "gpl-3.0"}], {"licence": "GPL-3.0-only"})
	control.findings == set() with input as of([{"id": "other", "name": "gemma"}], {"license_name": "Gemma"})
	control.findings == set() with input as of([apache, {"id": "mit"}], {"licence_name": "MIT"})
}

test_a_version_without_a_licence_fails if {
	every licences in [[], null, "apache-2.0", [null], [{}], [{"id": "other"}], [{"id": "unknown"}], [{"id": 7}]] {
		control.findings == {{
			"code": "no_licence",
			"resource": "mlflow:wine/1",
			"message": "neither the card nor a tag of the version names a licence",
			"path": ["card"],
		}} with input as of(licences, {"team": "cellar"})
		control.undetermined == set() with input as of(licences, {"team": "cellar"})
	}
	codes == {"no_licence"} with input as make.version({}, {}, {})
}

test_a_tag_that_says_something_else_fails if {
	control.findings == {{
		"code": "contradicted",
		"resource": "mlflow:wine/1",
		"message": "the tag license says MIT, and the card says Apache-2.0, apache-2.0",
		"path": ["tags", "license"],
	}} with input as of([apache], {"license": "MIT"})
	control.undetermined == set() with input as of([apache], {"license": "MIT"})
	codes == {"contradicted"} with input as of([{"id": "other", "name": "gemma"}], {"license": "other"})
}

test_what_only_a_tag_says_cannot_be_compared if {
	every licences in [[], null, [{"id": "other"}]] {
		control.findings == set() with input as of(licences, {"license": "MIT"})
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "a tag names the licence, and no card does",
			"path": ["card"],
		}} with input as of(licences, {"license": "MIT"})
	}
	count(control.undetermined) == 1 with input as make.version({"tags": {"license": "MIT"}}, {}, {})
}

test_a_tag_that_names_none_cannot_be_told if {
	every broken in [null, "", "tbd", 7, ["MIT"]] {
		control.findings == set() with input as of([apache], {"license": broken})
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "what the tag license says of the licence cannot be told",
			"path": ["tags", "license"],
		}} with input as of([apache], {"license": broken})
	}
}

test_a_tag_that_is_no_text_cannot_be_told if {
	every broken in [null, 7, ["MIT"], {"license": "MIT"}] {
		{entry.path | some entry in control.undetermined} == {["tags", "team"]} with input as of([apache], {"team": broken})
	}
}

test_each_name_of_the_tag_is_known if {
	every tag in ["license", "licence", "license_name", "licence_name", "LICENSE"] {
		codes == {"contradicted"} with input as of([apache], {tag: "MIT"})
	}
	control.findings == set() with input as of([apache], {"licensed_to": "MIT"})
}

codes := {finding.code | some finding in control.findings}

apache := {"id": "apache-2.0", "spdx": "Apache-2.0"}

of(licences, tags) := make.version({"card": {"facts": {"licences": licences}}, "tags": tags}, {}, {})
