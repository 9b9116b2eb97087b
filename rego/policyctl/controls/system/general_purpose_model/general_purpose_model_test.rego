package policyctl.controls.system.general_purpose_model_test

import data.policyctl.controls.system.general_purpose_model as control
import data.policyctl.testing.classified as make

test_a_system_without_such_a_model_passes if told(make.answering({}, {})) == passed

test_the_stated_classes_of_a_model_pass if {
	told(make.answering(make.yes(["gpai.model"]), {"classes": [{"id": "gpai"}], "roles": []})) == passed
	told(make.answering(make.yes(["gpai.model", "gpai.systemic_risk"]), {"classes": [{"id": "gpai_systemic"}]})) == passed
}

test_a_model_without_its_class_is_a_finding if {
	told(make.answering(make.yes(["gpai.model"]), {"classes": [{"id": "transparency"}]})) == failed({{
		"code": "not_stated",
		"resource": "credit-scoring",
		"message": "by the answers the organisation provides a general-purpose AI model, and that is not among the classes",
		"path": ["classes"],
	}})
}

test_systemic_risk_without_its_class_is_a_finding if {
	told(make.answering(make.yes(["gpai.model", "gpai.systemic_risk"]), {"classes": [{"id": "gpai"}]})) == failed({{
		"code": "risk_not_stated",
		"resource": "credit-scoring",
		"message": "by the answers the organisation provides a model with systemic risk, and that is not among the classes",
		"path": ["classes"],
	}})
}

test_a_stated_class_that_is_excluded_is_a_finding if {
	told(make.answering({}, {"classes": [{"id": "transparency"}, {"id": "gpai"}]})) == failed({{
		"code": "excluded",
		"resource": "credit-scoring",
		"message": "the class gpai is stated, which the answers exclude",
		"path": ["classes", 1],
	}})
	codes := {finding.code | some finding in told(make.answering(make.yes(["gpai.model"]), {"classes": [{"id": "gpai_systemic"}]})).findings}
	codes == {"excluded"}
}

test_an_answer_that_is_missing_leaves_it_undetermined if {
	told(make.answering(object.union(make.yes(["gpai.model"]), {"gpai.systemic_risk": null}), {"classes": [{"id": "gpai"}]})) == open({{
		"resource": "credit-scoring",
		"path": ["answers", "gpai"],
		"reason": "not decided by the answers is whether the organisation provides a model with systemic risk; needed: gpai.systemic_risk (not answered)",
	}})
}

test_a_class_that_cannot_be_read_is_undetermined if {
	told(make.answering({}, {"classes": [7]})) == open({{"resource": "credit-scoring", "path": ["classes", 0], "reason": "this class cannot be read"}})
}

test_a_system_without_answers_is_undetermined if {
	unanswered := told(make.unanswered)
	unanswered.resources == {"credit-scoring"}
	unanswered.findings == set()
	count(unanswered.undetermined) > 0
}

test_a_table_without_the_questions_decides_nothing if {
	undecided := control.undetermined with input as make.answering({}, {}) with data.policyctl.catalog as {}
	count(undecided) > 0
}

passed := {"resources": {"credit-scoring"}, "findings": set(), "undetermined": set()}

failed(findings) := object.union(passed, {"findings": findings})

open(doubts) := object.union(passed, {"undetermined": doubts})

told(document) := said if said := _said with input as document with data.policyctl.catalog as make.catalog

_said := {"resources": control.resources, "findings": control.findings, "undetermined": control.undetermined}
