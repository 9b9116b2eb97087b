package policyctl.controls.documentation.contact_test

import data.policyctl.controls.documentation.contact as control
import data.policyctl.testing.model_card as make

test_an_owner_an_address_or_a_section_passes if {
	every facts in [{"owners": ["Meta"]}, {"contacts": ["ml@example.com"]}, {"sections": [make.section("contact", 1)]}] {
		control.resources == {"README.md"} with input as make.card(facts, {}, {})
		control.findings == set() with input as make.card(facts, {}, {})
	}
}

test_a_card_that_names_nobody_fails if {
	control.findings == {{
		"code": "no_contact",
		"resource": "README.md",
		"message": "the card names nobody who answers for it",
		"path": ["contacts"],
	}} with input as make.card({}, {}, {})
}

test_a_name_that_says_nothing_is_none if {
	every broken in [null, "", "Meta", {}, [""], [" "], [null], [1], [["Meta"]]] {
		codes == {"no_contact"} with input as make.card({"owners": broken}, {}, {})
		codes == {"no_contact"} with input as make.card({"contacts": broken}, {}, {})
	}
}

test_an_empty_section_names_nobody if {
	codes == {"no_contact"} with input as make.card({"sections": [make.section("contact", 0)]}, {}, {})
	codes == {"no_contact"} with input as make.card({"sections": [object.union(make.section("contact", 3), {"placeholder": true})]}, {}, {})
}

codes := {finding.code | some finding in control.findings}
