package policyctl.controls.gpai.downstream_information_test

import data.policyctl.controls.gpai.downstream_information as control
import data.policyctl.testing.gpai as make
import data.policyctl.testing.record

test_all_points_in_a_document_pass if {
	control.resources == {"r-1"} with input as make.small({"downstream": given})
	control.findings == set() with input as make.small({"downstream": given})
	control.undetermined == set() with input as make.small({"downstream": given})
}

test_each_point_that_is_left_out_is_found if {
	every point, what in points {
		left := [one | some one in given.points; one != point]
		control.findings == {{
			"code": sprintf("no_%s", [point]),
			"resource": "r-1",
			"message": sprintf("what downstream providers are given does not cover %s", [what]),
			"path": ["downstream", "points"],
		}} with input as make.small({"downstream": object.union(given, {"points": left})})
	}
}

test_what_is_no_list_covers_nothing if {
	every broken in [null, "tasks", {"tasks": "tasks"}, 7] {
		count(codes) == 13 with input as make.small({"downstream": object.union(given, {"points": broken})})
	}
	count(codes) == 14 with input as make.small({})
}

test_a_document_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows what downstream providers are given is named with its SHA-256 digest",
		"path": ["downstream", "evidence"],
	}} with input as make.small({"downstream": object.remove(given, ["evidence"])})
}

test_an_open_model_need_not_have_them if {
	control.resources == set() with input as make.small({"open_source": make.open})
	control.findings == set() with input as make.small({"open_source": make.open})
	control.undetermined == set() with input as make.small({"open_source": make.open})
}

test_an_open_model_of_unknown_risk_is_undetermined if {
	control.resources == {"r-1"} with input as make.model({"open_source": make.open})
	control.findings == set() with input as make.model({"open_source": make.open})
	count(control.undetermined) == 2 with input as make.model({"open_source": make.open})
}

codes := {finding.code | some finding in control.findings}

given := {"points": [point | some point, _ in points], "evidence": [record.evidence("Guide")]}

points := {
	"tasks": "the tasks that the model is meant for and the systems it can be built into",
	"acceptable_use": "the acceptable use policies",
	"release": "the date of release",
	"distribution": "the methods of distribution",
	"interaction": "how the model interacts with hardware or software outside it",
	"software_versions": "the versions of relevant software",
	"architecture": "the architecture",
	"parameters": "the number of parameters",
	"modalities": "the modality and format of inputs and outputs",
	"licence": "the licence",
	"integration": "the technical means that integrating the model needs",
	"maximum_size": "the maximum size of inputs and outputs",
	"data": "the type, provenance and curation of the data",
}
