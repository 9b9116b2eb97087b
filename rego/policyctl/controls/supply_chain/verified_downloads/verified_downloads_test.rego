package policyctl.controls.supply_chain.verified_downloads_test

import data.policyctl.controls.supply_chain.verified_downloads as control
import data.policyctl.testing.images as make

test_what_is_verified_passes if {
	control.resources == {"Dockerfile"} with input as fetching([download({"verified": true})])
	control.findings == set() with input as fetching([download({"verified": true})])
	control.undetermined == set() with input as fetching([download({"verified": true})])
}

test_a_build_that_fetches_nothing_passes if {
	control.findings == set() with input as fetching([])
	control.undetermined == set() with input as fetching([])
}

test_what_is_not_verified_is_a_finding if {
	every how in ["add", "piped", "saved"] {
		{finding.code | some finding in control.findings} == {how} with input as fetching([download({"how": how})])
		control.undetermined == set() with input as fetching([download({"how": how})])
	}
	control.findings == {{
		"code": "piped",
		"resource": "Dockerfile",
		"message": "https://example.com/install.sh is run as it comes, without a look at it",
		"path": ["instructions", 3],
	}} with input as fetching([download({})])
	{finding.path | some finding in control.findings} == {[]} with input as fetching([{"how": "add", "verified": false}])
	{finding.message | some finding in control.findings} == {"something is added without a checksum"} with input as fetching([{"how": "add", "verified": false}])
}

test_what_a_variable_decides_is_undetermined if {
	every broken in [{"how": "add", "url": "${SOURCE}"}, {"how": "add", "verified": null}, {"how": "add", "verified": "false"}, {"verified": false}, {"how": "other", "verified": false}, null, "https://example.com"] {
		control.findings == set() with input as fetching([broken])
		count(control.undetermined) == 1 with input as fetching([broken])
	}
}

test_downloads_that_cannot_be_read_do_not_pass if {
	count(control.undetermined) == 1 with input as fetching(null)
}

test_a_service_builds_nothing_itself if {
	control.resources == set() with input as make.service_of({}, {})
}

fetching(downloads) := make.dockerfile_of({"downloads": downloads})

download(changes) := object.union({"path": ["instructions", 3], "how": "piped", "url": "https://example.com/install.sh", "verified": false}, changes)

test_without_the_fact_nothing_can_be_told if {
	document := make.dockerfile_of({})
	without := object.union(object.remove(document, ["facts"]), {"facts": object.remove(document.facts, ["downloads"])})
	count(control.undetermined) == 1 with input as without
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "saved",
		"resource": "Dockerfile",
		"message": "https://example.com/install.sh is fetched, and neither a checksum nor a signature is verified",
		"path": ["instructions", 3],
	}} with input as fetching([download({"how": "saved"})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Dockerfile",
		"path": [],
		"reason": "a download could not be read",
	}} with input as fetching([null])
	control.undetermined == {{
		"resource": "Dockerfile",
		"path": [],
		"reason": "whether something is fetched and verified comes from a variable",
	}} with input as fetching([{"verified": false}])
	control.undetermined == {{
		"resource": "Dockerfile",
		"path": [],
		"reason": "the downloads could not be read",
	}} with input as fetching(null)
}
