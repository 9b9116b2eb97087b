package policyctl.controls.supply_chain.licence_test

import data.policyctl.controls.supply_chain.licence as control
import data.policyctl.testing.model_card as make

test_a_licence_that_is_allowed_passes if {
	control.resources == {"README.md"} with input as of([spdx("MIT")])
	control.findings == set() with input as of([spdx("MIT")])
	control.undetermined == set() with input as of([spdx("MIT")])
}

test_a_licence_that_is_not_allowed_fails if {
	control.findings == {{
		"code": "not_allowed",
		"resource": "README.md",
		"message": "the licence CC-BY-NC-4.0 is not among those allowed",
		"path": ["metadata", "license"],
	}} with input as of([spdx("CC-BY-NC-4.0")])
	codes == {"not_allowed"} with input as of([spdx("MIT"), spdx("AGPL-3.0-only")])
}

test_a_card_without_a_licence_fails if {
	codes == {"no_licence"} with input as of([])
}

test_one_of_several_alternatives_is_enough if {
	codes == set() with input as of([spdx("GPL-3.0-only OR MIT")])
	codes == {"not_allowed"} with input as of([spdx("GPL-3.0-only OR AGPL-3.0-only")])
}

test_of_licences_that_hold_together_each_must_be_allowed if {
	codes == set() with input as of([spdx("MIT AND Apache-2.0")])
	codes == {"not_allowed"} with input as of([spdx("MIT AND GPL-3.0-only")])
	codes == set() with input as of([spdx("MIT AND GPL-3.0-only OR Apache-2.0")])
}

test_an_exception_is_part_of_its_licence if {
	codes == {"not_allowed"} with input as of([spdx("Apache-2.0 WITH LLVM-exception")])
}

test_a_mixed_expression_is_undetermined if {
	codes == set() with input as of([spdx("(MIT OR GPL-3.0-only) AND Apache-2.0")])
	count(control.undetermined) == 1 with input as of([spdx("(MIT OR GPL-3.0-only) AND Apache-2.0")])
}

test_other_without_a_name_or_a_link_fails if {
	every licence in [{"id": "other"}, {"id": "Unknown"}, {"id": "other", "name": "", "link": ""}, {"id": ""}, {"id": null}, {}, {"id": 1}] {
		codes == {"unnamed_licence"} with input as of([licence])
	}
}

test_a_licence_of_ones_own_is_undetermined if {
	every licence in [{"id": "other", "name": "llama-guard"}, {"id": "other", "link": "LICENSE"}, {"id": "llama3.2"}] {
		codes == set() with input as of([licence])
		count(control.undetermined) == 1 with input as of([licence])
	}
}

test_a_licence_that_somebody_has_read_passes if {
	every licence in [{"id": "gemma"}, {"id": "other", "name": "Gemma"}] {
		codes == set() with input as of([licence])
		control.undetermined == set() with input as of([licence])
	}
}

test_an_expression_that_is_not_text_is_none if {
	every broken in [null, "", 1, ["MIT"]] {
		codes == {"unnamed_licence"} with input as of([{"id": "other", "spdx": broken}])
	}
}

test_licences_that_cannot_be_read_do_not_pass if {
	every broken in [null, "mit", {}] {
		count(control.undetermined) == 1 with input as of(broken)
	}
	every broken in [[null], ["mit"], [[spdx("MIT")]]] {
		codes == {"unnamed_licence"} with input as of(broken)
	}
	count(control.undetermined) == 1 with input as {"facts": object.remove(of([]).facts, {"licences"}), "profile": of([]).profile}
}

test_a_dataset_needs_a_licence_as_well if {
	document := make.card({"subject_type": "dataset"}, of([]).profile.parameters, {})
	codes == {"no_licence"} with input as document
}

codes := {finding.code | some finding in control.findings}

spdx(expression) := {"id": lower(expression), "spdx": expression}

of(licences) := make.card({"licences": licences}, {"supply_chain": {"licence": {"allowed": ["MIT", "Apache-2.0"], "allowed_by_name": ["Gemma"]}}}, {})
