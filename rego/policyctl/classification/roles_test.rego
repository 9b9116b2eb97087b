package policyctl.classification.roles_test

import data.policyctl.classification.roles
import data.policyctl.testing.classification as make

yes(paths) := {path: {"answer": "yes", "evidence": "Minutes 5"} | some path in paths}

statuses(changes) := {one.role: one.status |
	some one in roles.found with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog
}

held(changes) := {role | some role, "established" in statuses(changes)}

high_risk := object.union({"annex_iii.employment": null}, yes(["annex_iii.employment.a"]))

test_a_role_is_held_by_what_the_organisation_does if {
	held({}) == {"deployer"}
	held(yes(["roles.provider", "roles.importer"])) == {"provider", "deployer", "importer"}
	held(yes(["gpai.model"])) == {"deployer", "gpai_provider"}
}

test_a_change_makes_a_provider_of_a_high_risk_system_only if {
	every change in ["roles.rename", "roles.modification", "roles.new_purpose"] {
		held(yes([change])) == {"deployer"}
		held(object.union(high_risk, yes([change]))) == {"deployer", "provider"}
	}
}

test_section_b_makes_no_provider if {
	given := yes(["safety.component", "annex_i.section_b", "annex_i.assessment", "roles.rename", "roles.manufacturer"])
	held(given) == {"deployer", "product_manufacturer"}
	held(object.union(given, yes(["annex_i.section_a"]))) == {"deployer", "product_manufacturer", "provider"}
}

test_the_manufacturer_is_the_provider_of_a_safety_component if {
	given := yes(["annex_i.product", "annex_i.section_a", "annex_i.assessment", "roles.manufacturer"])
	held(given) == {"deployer", "product_manufacturer"}
	held(object.union(given, yes(["safety.component"]))) == {"deployer", "product_manufacturer", "provider"}
}

test_a_role_that_turns_on_an_open_class_is_open if {
	changes := object.union(yes(["roles.rename"]), {"annex_iii.employment": null})
	statuses(changes).provider == "undetermined"
}

test_what_a_role_waits_for_is_named if {
	open := roles.open("importer") with input as make.described({"roles.importer": null}, {}) with data.policyctl.catalog as make.catalog
	open == {["roles.importer", "roles.importer", "not answered"]}
}

because(changes, role) := [step | some one in roles.found with input as make.described(changes, {}) with data.policyctl.catalog as make.catalog; one.role == role; some step in one.because]

test_a_role_change_is_explained_by_the_act_and_the_class if {
	steps := because(object.union(high_risk, yes(["roles.rename"])), "provider")
	[[step.step, step.clause, step.answer] | some step in steps] == [
		["roles.rename", "Art. 25(1)(a)", "yes"],
		["classes.high_risk", "Art. 25(1)", "yes"],
	]
}
