package policyctl.controls.bom.model_version_test

import data.policyctl.controls.bom.model_version as control
import data.policyctl.testing.bom as make

test_a_model_with_a_version_passes if {
	every version in ["1.4", "2024-04-15", "973afd24965f72e36ca33b3055d56a652f456b4d", "v1-main-fix"] {
		control.findings == set() with input as of({"version": version})
	}
	control.resources == {"acme/scorer"} with input as of({"version": "1.4"})
	control.undetermined == set() with input as of({"version": "1.4"})
}

test_a_model_without_a_version_fails if {
	control.findings == {{
		"code": "no_version",
		"resource": "acme/scorer",
		"message": "the model is named without a version",
		"path": ["components", 0, "version"],
	}} with input as of({})
	every broken in ["", " ", null, 1.4, ["1.4"]] {
		codes == {"no_version"} with input as of({"version": broken})
	}
}

test_a_word_that_moves_is_no_version if {
	every version in ["main", "Latest", " HEAD ", "nightly", "1.*", ">=1.0", "^2.1", "~2.1", "vers:generic/>=1"] {
		codes == {"moving_version"} with input as of({"version": version})
	}
}

test_a_model_that_cannot_be_read_is_undetermined if {
	count(control.undetermined) == 1 with input as make.bom({"models": ["x"]}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "moving_version",
		"resource": "acme/scorer",
		"message": "1.* is no version: what it names changes",
		"path": ["components", 0, "version"],
	}} with input as of({"version": "1.*"})
}

test_every_word_for_what_is_newest_is_no_version if {
	every word in ["current", "dev", "develop", "head", "latest", "main", "master", "newest", "nightly", "stable", "trunk", "Latest"] {
		codes == {"moving_version"} with input as of({"version": word})
	}
	every range in ["1.*", "^1.2", "~1.2", "<2", ">1", "1|2", "vers:pypi/>=1"] {
		codes == {"moving_version"} with input as of({"version": range})
	}
	codes == set() with input as of({"version": "conversion:1"})
}

codes := {finding.code | some finding in control.findings}

of(changes) := make.of_model(changes, {})
