package policyctl.law_test

import data.policyctl.law

test_nothing_established_assumes_provider_and_deployer_of_a_high_risk_system if {
	law.assumed == {"roles", "classes"} with input as {"system": {}}
	law.roles == {"provider", "deployer"} with input as {"system": {}}
	law.classes == {"high_risk", "transparency"} with input as {"system": {}}
	law.routes == {"annex_iii"} with input as {"system": {}}
}

test_an_empty_list_establishes_nothing if {
	law.assumed == {"roles", "classes"} with input as {"system": {"roles": [], "classes": []}}
}

test_what_is_stated_is_not_assumed if {
	law.assumed == set() with input as {"system": stated}
	law.roles == {"deployer"} with input as {"system": stated}
	law.classes == {"high_risk"} with input as {"system": stated}
	law.routes == {"annex_i"} with input as {"system": stated}
}

test_a_parameter_by_class_takes_the_strictest_class if {
	law.by_class({"high_risk": 1, "other": 2}) == 1 with input as {"system": {}}
	law.by_class({"high_risk": 1, "other": 2}) == 1 with input as {"system": stated}
	law.by_class({"high_risk": 1, "other": 2}) == 2 with input as {"system": {"classes": [{"id": "transparency"}]}}
}

test_a_model_with_systemic_risk_is_a_general_purpose_model if {
	law.classes == {"gpai", "gpai_systemic"} with input as {"system": {"classes": [{"id": "gpai_systemic"}]}}
}

test_without_a_law_nothing_is_bound if {
	law.bindings == {} with input as {"system": {}, "profile": {"enforcement": {"T-001": "deny"}}, "as_of": "2026-11-21"}
		with data.policyctl.catalog as catalog
}

test_a_law_without_dates_binds_by_the_profile_alone if {
	law.bindings == {} with input as {
		"system": {}, "as_of": "2026-11-21",
		"profile": {"framework": "practice", "enforcement": {"T-001": "deny"}},
	}
		with data.policyctl.catalog as catalog
}

test_a_duty_warns_on_the_day_before_it_binds_and_denies_from_that_day if {
	action("T-001", {}, "2027-12-01") == "warn"
	action("T-001", {}, "2027-12-02") == "deny"
}

test_a_binding_names_the_clause_with_both_dates if {
	bound("T-001", {}, "2026-11-21") == {
		"action": "warn",
		"clause": "Art. 13(1)",
		"current": "2027-12-02",
		"original": "2026-08-02",
		"reading": false,
	}
}

test_the_route_decides_the_date if {
	annex_i := {"classes": [{"id": "high_risk", "route": "annex_i"}]}
	action("T-001", annex_i, "2028-08-01") == "warn"
	action("T-001", annex_i, "2028-08-02") == "deny"
}

test_of_two_routes_the_earlier_date_counts if {
	both := {"classes": [{"id": "high_risk", "route": "annex_i"}, {"id": "high_risk", "route": "annex_iii"}]}
	action("T-001", both, "2027-12-02") == "deny"
}

test_a_clause_for_another_role_does_not_bind if {
	deployer := {"roles": ["deployer"], "classes": [{"id": "high_risk", "route": "annex_iii"}]}
	bound("T-001", deployer, "2030-01-01") == {"action": "warn"}
}

test_a_clause_for_another_class_does_not_bind if {
	transparent := {"roles": ["provider"], "classes": [{"id": "transparency"}]}
	bound("T-001", transparent, "2030-01-01") == {"action": "warn"}
}

test_support_of_a_clause_never_enforces if {
	bound("T-002", {}, "2030-01-01") == {"action": "warn"}
}

test_an_audited_control_stays_audited if {
	action("T-003", {}, "2026-11-21") == "audit"
	action("T-003", {}, "2030-01-01") == "audit"
}

test_the_earliest_of_several_clauses_counts if {
	bound("T-004", {}, "2026-11-21").clause == "Art. 50(2)"
	action("T-004", {}, "2026-11-21") == "deny"
}

test_a_generative_system_of_before_august_2026_has_until_december if {
	old := {"placed_on_market": "2026-08-01"}
	action("T-004", old, "2026-12-01") == "warn"
	action("T-004", old, "2026-12-02") == "deny"
	action("T-004", {"placed_on_market": "2026-08-02"}, "2026-08-02") == "deny"
}

test_a_high_risk_system_of_before_the_date_is_spared if {
	bound("T-001", {"placed_on_market": "2027-12-01"}, "2031-01-01") == {"action": "warn"}
	bound("T-001", {"put_into_service": "2027-12-01"}, "2031-01-01") == {"action": "warn"}
}

test_a_system_of_the_date_itself_is_not_spared if {
	action("T-001", {"placed_on_market": "2027-12-02"}, "2027-12-02") == "deny"
}

test_the_earlier_of_two_dates_tells_when_the_system_came if {
	legacy := {"placed_on_market": "2027-06-01", "put_into_service": "2028-06-01"}
	bound("T-001", legacy, "2031-01-01") == {"action": "warn"}
}

test_a_significant_change_after_the_date_ends_the_sparing if {
	changed := {"placed_on_market": "2027-06-01", "significantly_changed": "2028-03-01"}
	action("T-001", changed, "2028-02-29") == "warn"
	action("T-001", changed, "2028-03-01") == "deny"
}

test_a_significant_change_before_the_date_does_not if {
	changed := {"placed_on_market": "2026-06-01", "significantly_changed": "2027-12-01"}
	bound("T-001", changed, "2031-01-01") == {"action": "warn"}
}

test_a_public_authority_complies_by_august_2030 if {
	public := {"placed_on_market": "2027-06-01", "public_authority": true}
	action("T-001", public, "2030-08-01") == "warn"
	action("T-001", public, "2030-08-02") == "deny"
}

test_a_public_authority_that_changes_its_system_complies_from_then_on if {
	public := {"placed_on_market": "2027-06-01", "public_authority": true, "significantly_changed": "2029-01-01"}
	action("T-001", public, "2028-12-31") == "warn"
	action("T-001", public, "2029-01-01") == "deny"
}

test_a_change_after_the_final_date_does_not_postpone_it if {
	public := {"placed_on_market": "2027-06-01", "public_authority": true, "significantly_changed": "2031-01-01"}
	action("T-001", public, "2030-08-02") == "deny"
}

test_a_clause_for_every_class_binds_whatever_the_class if {
	action("T-006", {"classes": [{"id": "transparency"}]}, "2026-11-21") == "deny"
}

test_an_edge_for_some_documents_binds_those if {
	given := {"system": {}, "as_of": "2030-01-01", "profile": {"framework": "law", "enforcement": {"T-007": "deny"}}}
	of_model := object.union(given, {"facts": {"subject_type": "model"}})
	of_dataset := object.union(given, {"facts": {"subject_type": "dataset"}})
	law.bindings["T-007"].action == "deny" with input as of_model with data.policyctl.catalog as catalog
	law.bindings["T-007"] == {"action": "warn"} with input as of_dataset with data.policyctl.catalog as catalog
	law.bindings["T-007"] == {"action": "warn"} with input as given with data.policyctl.catalog as catalog
}

test_a_finding_that_shows_the_class_binds_whatever_is_stated if {
	shown_by("T-008", {}, "2026-12-01") == "warn"
	shown_by("T-008", {}, "2026-12-02") == "deny"
	shown_by("T-008", {"classes": [{"id": "transparency"}]}, "2026-12-02") == "deny"
}

test_without_a_finding_a_prohibition_is_not_assumed if {
	law.bindings["T-008"] == {"action": "warn"} with input as finding("T-008", {}, "2026-12-02") with data.policyctl.catalog as catalog
}

test_a_finding_shows_the_class_and_no_role if {
	shown_by("T-008", {"roles": ["importer"]}, "2026-12-02") == "warn"
}

test_a_finding_of_another_control_shows_no_class if {
	given := finding("T-004", {"classes": [{"id": "prohibited"}]}, "2030-01-01")
	shown := law.shown_by({"T-004"}) with input as given with data.policyctl.catalog as catalog
	shown == {}
}

shown_by(control, system, day) := shown[control].action if {
	shown := law.shown_by({control}) with input as finding(control, system, day) with data.policyctl.catalog as catalog
}

finding(control, system, day) := {"system": system, "as_of": day, "profile": {"framework": "law", "enforcement": {control: "deny"}}}

test_a_clause_without_dates_binds_nobody if {
	bound("T-005", {}, "2031-01-01") == {"action": "warn"}
}

stated := {"roles": ["deployer"], "classes": [{"id": "high_risk", "route": "annex_i"}]}

action(control, system, day) := bound(control, system, day).action

bound(control, system, day) := binding if {
	given := {
		"system": system,
		"as_of": day,
		"profile": {"framework": "law", "enforcement": {
			"T-001": "deny",
			"T-002": "deny",
			"T-003": "audit",
			"T-004": "deny",
			"T-005": "deny",
			"T-006": "deny",
		}},
	}
	binding := law.bindings[control] with input as given with data.policyctl.catalog as catalog
}

catalog := {
	"frameworks": {"law": {"dated": true}, "practice": {"dated": false}},
	"transition": {"public_authorities": "2030-08-02"},
	"edges": {"practice": {}, "law": {
		"T-001": [{"clause": "Art. 13(1)", "covers": "part"}],
		"T-002": [{"clause": "Art. 13(1)", "covers": "supports"}],
		"T-003": [{"clause": "Art. 13(1)", "covers": "full"}],
		"T-004": [{"clause": "Art. 13(1)", "covers": "part"}, {"clause": "Art. 50(2)", "covers": "part"}],
		"T-005": [{"clause": "Annex I", "covers": "part"}],
		"T-006": [{"clause": "Art. 4(1)", "covers": "part"}],
		"T-007": [{"clause": "Art. 13(1)", "covers": "part", "only": {"subject_type": "model"}}],
		"T-008": [{"clause": "Art. 5(1)(ba)", "covers": "part", "shows_class": true}],
	}},
	"clauses": {"law": {
		"Annex I": {"id": "Annex I"},
		"Art. 5(1)(ba)": {
			"binds": ["provider", "deployer"],
			"risk_class": "prohibited",
			"dates": {"any": {"current": "2026-12-02", "original": null, "reading": false}},
		},
		"Art. 4(1)": {
			"binds": ["provider", "deployer"],
			"risk_class": "any",
			"dates": {"any": {"current": "2025-02-02", "original": "2025-02-02", "reading": false}},
		},
		"Art. 13(1)": {"binds": ["provider"], "risk_class": "high_risk", "dates": {
			"annex_i": {"current": "2028-08-02", "original": "2027-08-02", "reading": false},
			"annex_iii": {"current": "2027-12-02", "original": "2026-08-02", "reading": false},
			"any": {"current": "2027-12-02", "original": "2026-08-02", "reading": false},
		}},
		"Art. 50(2)": {
			"binds": ["provider"], "risk_class": "transparency",
			"legacy": {"before": "2026-08-02", "current": "2026-12-02"},
			"dates": {"any": {"current": "2026-08-02", "original": "2026-08-02", "reading": false}},
		},
	}},
}
