package policyctl.controls.operations.rollout_test

import data.policyctl.controls.operations.rollout as control
import data.policyctl.testing.kubernetes as make

good := {"path": ["spec", "strategy"], "strategy": "RollingUpdate", "old_kept": true, "way_back": true}

test_what_rolls_and_keeps_earlier_versions_passes if {
	control.resources == {"Deployment/ml/scorer"} with input as of([good])
	control.findings == set() with input as of([good])
	control.undetermined == set() with input as of([good, good])
}

test_all_at_once_is_a_finding if {
	control.findings == {{
		"code": "all_at_once",
		"resource": "Deployment/ml/scorer",
		"message": "a new version may take the place of all of the earlier one before it is ready",
		"path": ["spec", "strategy"],
	}} with input as of([object.union(good, {"old_kept": false})])
}

test_no_way_back_is_a_finding if {
	control.findings == {{
		"code": "no_way_back",
		"resource": "Deployment/ml/scorer",
		"message": "no earlier version is kept to return to",
		"path": ["spec", "revisionHistoryLimit"],
	}} with input as of([object.union(good, {"way_back": false})])
}

test_a_good_part_does_not_cover_a_bad_one if {
	{finding.code | some finding in control.findings} == {"all_at_once", "no_way_back"} with input as of([
		good,
		object.union(good, {"old_kept": false, "way_back": false}),
	])
}

test_what_the_object_does_not_tell_is_undetermined if {
	reasons == {"how a new version takes over does not show in an object of this kind"} with input as of([])
	every what in ["old_kept", "way_back"] {
		count(reasons) == 1 with input as of([object.remove(good, {what})])
		control.findings == set() with input as of([object.remove(good, {what})])
	}
	{entry.path | some entry in control.undetermined} == {["spec", "strategy"]} with input as of([object.remove(good, {"way_back"})])
}

test_what_cannot_be_read_does_not_pass if {
	every broken in [null, "rolls", {}, true, [null], ["rolls"], [[]], [{}], [object.union(good, {"old_kept": "true"})], [object.union(good, {"way_back": 1})]] {
		control.findings == set() with input as of(broken)
		count(reasons) > 0 with input as of(broken)
	}
	count(reasons) == 1 with input as make.object_of({"inference": null}, {})
}

test_what_serves_nothing_is_not_looked_at if {
	every facts in [{"ai_workload": false}, {"serving": false}, {"kind": "InferenceGraph"}] {
		control.resources == set() with input as make.object_of(facts, {})
		control.findings == set() with input as make.object_of(object.union(facts, {"inference": {"replacements": [{"old_kept": false, "way_back": false}]}}), {})
		control.undetermined == set() with input as make.object_of(facts, {})
	}
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "how a new version takes over could not be read",
	}} with input as of({})
	control.undetermined == set() with input as of([object.union(good, {"old_kept": false})])
	control.undetermined == {
		{
			"resource": "Deployment/ml/scorer",
			"path": [],
			"reason": "whether an earlier version is kept does not show in this object",
		},
		{
			"resource": "Deployment/ml/scorer",
			"path": [],
			"reason": "whether the earlier version serves until the new one is ready does not show in this object",
		},
	} with input as of([[]])
}

reasons := {entry.reason | some entry in control.undetermined}

of(replacements) := make.object_of({"inference": {"replacements": replacements}}, {})
