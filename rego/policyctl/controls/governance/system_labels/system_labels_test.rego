package policyctl.controls.governance.system_labels_test

import data.policyctl.controls.governance.system_labels as control
import data.policyctl.testing.kubernetes as make

complete := {"policyctl.dev/system": "credit-scoring", "owner": "retail-ml", "risk-class": "high-risk"}

test_three_labels_pass if {
	control.resources == {"Deployment/ml/scorer"} with input as of({"labels": complete})
	control.findings == set() with input as of({"labels": complete})
}

test_annotations_do_as_well if {
	codes == set() with input as of({"annotations": complete})
	codes == set() with input as of({"labels": object.remove(complete, {"owner"}), "annotations": {"example.com/Owner": "retail-ml@example.com"}})
}

test_each_missing_label_is_a_finding if {
	codes == {"no_system", "no_owner", "no_risk_class"} with input as of({})
	codes == {"no_owner"} with input as of({"labels": object.remove(complete, {"owner"})})
	codes == {"no_system"} with input as of({"labels": object.remove(complete, {"policyctl.dev/system"})})
	codes == {"no_risk_class"} with input as of({"labels": object.remove(complete, {"risk-class"})})
}

test_a_finding_says_where_labels_stand if {
	{finding.path | some finding in control.findings} == {["metadata", "labels"]} with input as of({})
}

test_a_label_that_says_nothing_is_none if {
	every nothing in ["", " ", "TBD", "unknown", null, 1, ["retail-ml"], {}] {
		codes == {"no_owner"} with input as of({"labels": object.union(complete, {"owner": nothing})})
	}
}

test_case_and_dashes_make_no_difference if {
	codes == set() with input as of({"labels": {"AI.System/Id": "credit", "example.com/service_owner": "retail", "Risk_Class": "High_Risk"}})
}

test_a_key_that_only_ends_alike_is_another if {
	codes == {"no_owner"} with input as of({"labels": object.union(object.remove(complete, {"owner"}), {"homeowner": "x"})})
}

test_a_wrong_risk_class_is_a_finding_of_its_own if {
	document := of({"labels": object.union(complete, {"risk-class": "severe"})})
	control.findings == {{
		"code": "unknown_risk_class",
		"resource": "Deployment/ml/scorer",
		"message": "severe is none of the risk classes: high_risk, minimal",
		"path": ["metadata", "labels", "risk-class"],
	}} with input as document
}

test_a_right_risk_class_does_not_cover_a_wrong_one if {
	codes == {"unknown_risk_class"} with input as of({"labels": complete, "annotations": {"policyctl.dev/risk-class": "severe"}})
}

test_labels_that_cannot_be_read_do_not_pass if {
	every broken in [null, "owner", [complete], []] {
		count(codes) == 3 with input as of({"labels": broken})
	}
	every broken in [null, "owner", [complete]] {
		count(codes) == 3 with input as of({"annotations": broken})
	}
}

test_other_workloads_are_not_looked_at if {
	control.resources == set() with input as of({"ai_workload": false})
	control.findings == set() with input as of({"ai_workload": false, "labels": {"risk-class": "severe"}})
	count(codes) == 3 with input as of({"ai_workload": "false"})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_owner",
		"resource": "Deployment/ml/scorer",
		"message": "no label names who answers for it",
		"path": ["metadata", "labels"],
	}} with input as of({"labels": object.remove(complete, {"owner"})})
	control.findings == {
		{
			"code": "no_owner",
			"resource": "Deployment/ml/scorer",
			"message": "no label names who answers for it",
			"path": ["metadata", "labels"],
		},
		{
			"code": "no_risk_class",
			"resource": "Deployment/ml/scorer",
			"message": "no label names its risk class",
			"path": ["metadata", "labels"],
		},
		{
			"code": "no_system",
			"resource": "Deployment/ml/scorer",
			"message": "no label names the AI system that it belongs to",
			"path": ["metadata", "labels"],
		},
	} with input as of({})
}

codes := {finding.code | some finding in control.findings}

of(facts) := make.object_of(facts, {"governance": {"system_labels": {
	"system_keys": ["policyctl.dev/system", "ai.system/id"],
	"owner_keys": ["owner", "service-owner"],
	"risk_class_keys": ["risk-class", "policyctl.dev/risk-class"],
	"risk_classes": ["high-risk", "minimal"],
}}})
