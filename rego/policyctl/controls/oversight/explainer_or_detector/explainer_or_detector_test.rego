package policyctl.controls.oversight.explainer_or_detector_test

import data.policyctl.controls.oversight.explainer_or_detector as control
import data.policyctl.testing.kubernetes as make

explainer := {"path": ["spec", "explainer"], "type": "AnchorTabular"}

nothing := {"explainers": [], "monitors": [], "request_logging": []}

test_an_explainer_passes if {
	every kind in ["InferenceService", "Deployment"] {
		control.resources == {"Deployment/ml/scorer"} with input as of(kind, {"explainers": [explainer]})
		control.findings == set() with input as of(kind, {"explainers": [explainer]})
		control.undetermined == set() with input as of(kind, {"explainers": [explainer]})
	}
}

test_a_detector_passes if {
	every source in ["detector", "trustyai"] {
		control.findings == set() with input as of("InferenceService", {"monitors": [watching(source)]})
		control.undetermined == set() with input as of("Deployment", {"monitors": [watching(source)]})
	}
}

test_a_service_with_neither_is_a_finding if {
	every kind in ["InferenceService", "SeldonDeployment"] {
		control.findings == {{
			"code": "no_explainer_or_detector",
			"resource": "Deployment/ml/scorer",
			"message": "nothing explains its outputs or watches its inputs for drift and outliers",
			"path": ["spec"],
		}} with input as of(kind, {})
		control.undetermined == set() with input as of(kind, {})
	}
}

test_metrics_of_the_server_are_no_detector if {
	every source in ["scrape_annotation", "service_monitor"] {
		is_undetermined with input as of("InferenceService", {"monitors": [watching(source)]})
	}
}

test_what_a_detector_may_read_elsewhere_leaves_it_open if {
	is_undetermined with input as of("InferenceService", {"request_logging": [{"mode": "all"}]})
	is_undetermined with input as of("Deployment", {})
	is_undetermined with input as of("Model", {})
}

test_a_class_that_owes_nothing_is_not_looked_at if {
	every class in ["minimal", " Minimal "] {
		control.resources == set() with input as labelled(class)
		control.findings == set() with input as labelled(class)
		control.undetermined == set() with input as labelled(class)
	}
	count(control.findings) == 1 with input as labelled("high")
}

test_what_is_established_as_high_risk_is_asked_whatever_its_label if {
	document := object.union(labelled("minimal"), {"system": {"classes": [{"id": "high_risk"}]}})
	count(control.findings) == 1 with input as document
}

test_a_class_that_nobody_knows_leaves_it_open if {
	is_undetermined with input as labelled("gpai")
	document := object.union(labelled("gpai"), {"facts": {"inference": {"explainers": [explainer]}}})
	control.resources == {"Deployment/ml/scorer"} with input as document
	control.undetermined == set() with input as document
}

test_a_class_that_says_nothing_is_none if {
	every class in ["", "TBD", null, 1, ["minimal"]] {
		count(control.findings) == 1 with input as labelled(class)
	}
}

test_what_cannot_be_read_does_not_pass if {
	every broken in [null, "x", {}, true, [null], ["x"], [[]], [{}], {"x": []}] {
		is_undetermined with input as of("InferenceService", {"explainers": broken})
		is_undetermined with input as of("InferenceService", {"monitors": broken})
	}
	is_undetermined with input as of("InferenceService", {"request_logging": null})
	every lost in ["explainers", "monitors", "request_logging"] {
		is_undetermined with input as json.remove(of("InferenceService", {}), [concat("/", ["facts", "inference", lost])])
	}
}

test_what_serves_nothing_is_not_looked_at if {
	every facts in [{"ai_workload": false}, {"serving": false}, {"kind": "InferenceGraph"}] {
		control.resources == set() with input as make.object_of(facts, parameters)
		control.findings == set() with input as make.object_of(object.union({"kind": "InferenceService"}, facts), parameters)
		control.undetermined == set() with input as make.object_of(facts, parameters)
	}
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "whether outputs are explained, or inputs watched for drift and outliers, does not show in this object",
	}} with input as of("Model", {})
}

is_undetermined if {
	control.resources == {"Deployment/ml/scorer"}
	control.findings == set()
	count(control.undetermined) == 1
}

watching(source) := {"source": source, "name": "a"}

labelled(class) := make.object_of({"kind": "InferenceService", "labels": {"policyctl.dev/risk-class": class}}, parameters)

of(kind, inference) := make.object_of({"kind": kind, "inference": object.union(nothing, inference)}, parameters)

parameters := {"oversight": {"explainer_or_detector": {
	"risk_class_keys": ["policyctl.dev/risk-class"],
	"owed_for": ["high"],
	"not_owed_for": ["minimal"],
}}}
