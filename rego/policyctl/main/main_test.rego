package policyctl.main_test

import data.policyctl.main

test_no_finding_allows if {
	decided(document({"T-001": "deny"})).outcome == "allow"
}

test_a_finding_of_a_denying_control_denies if {
	decided(document({"T-002": "deny"})).outcome == "deny"
}

test_a_finding_of_a_warning_control_warns if {
	decided(document({"T-002": "warn"})).outcome == "warn"
}

test_a_finding_of_an_audited_control_allows_and_is_reported if {
	answer := decided(document({"T-002": "audit"}))
	answer.outcome == "allow"
	count(answer.findings["T-002"]) == 1
}

test_what_could_not_be_told_warns if {
	decided(document({"T-003": "deny"})).outcome == "warn"
}

test_what_could_not_be_told_denies_where_the_profile_counts_that_severity if {
	decided(counting(["high"], {"T-003": "deny"})).outcome == "deny"
	decided(counting(["critical"], {"T-003": "deny"})).outcome == "warn"
}

test_only_selected_controls_are_expected_and_evaluated if {
	answer := decided(document({"T-001": "deny", "T-003": "deny"}))
	answer.expected == ["T-001", "T-003"]
	answer.evaluated == ["T-001", "T-003"]
}

test_a_selected_control_without_a_package_is_not_evaluated if {
	answer := decided(document({"T-001": "deny", "T-404": "deny"}))
	answer.expected == ["T-001", "T-404"]
	answer.evaluated == ["T-001"]
}

test_a_control_whose_parameters_the_profile_lacks_is_not_evaluated if {
	evaluated_with_parameters({}) == []
	evaluated_with_parameters({"test": {"passing": {"other": 7}}}) == []
	evaluated_with_parameters({"test": {"passing": {"limit": 0}}}) == ["T-001"]
}

evaluated_with_parameters(parameters) := answer.evaluated if {
	declared := {"index": {"terraform_plan": {"T-001": {"parameters": ["limit"]}}}}
	answer := main.decision with input as object.union(document({"T-001": "deny"}), {"profile": {"parameters": parameters}})
		with data.policyctl.controls as controls
		with data.policyctl.catalog as object.union(catalog, declared)
}

test_a_control_of_another_kind_is_not_evaluated if {
	decided(object.union(document({"T-001": "deny"}), {"kind": "model_card"})).evaluated == []
}

test_resources_are_counted_and_none_is_left_out if {
	decided(document({"T-001": "deny", "T-002": "deny", "T-004": "deny"})).resources == {"T-001": 2, "T-002": 1}
}

test_a_finding_counts_where_no_resource_was_looked_at if {
	answer := decided(document({"T-004": "deny"}))
	answer.outcome == "deny"
	answer.resources == {}
}

test_a_findings_id_depends_on_subject_resource_path_and_code if {
	id := decided(document({"T-002": "deny"})).findings["T-002"][0].id
	count(id) == 12
	id == decided(object.union(document({"T-002": "warn"}), {"as_of": "2030-01-01"})).findings["T-002"][0].id
	id != decided(object.union(document({"T-002": "deny"}), {"subject": {"id": "other"}})).findings["T-002"][0].id
}

test_a_gap_makes_the_controls_that_read_there_undetermined if {
	gap := {"code": "unreadable", "reason": "no access", "paths": [["facts", "resources", "a"]]}
	answer := decided(object.union(document({"T-001": "deny", "T-005": "deny"}), {"gaps": [gap]}))
	answer.undetermined["T-001"] == [{
		"code": "unreadable", "path": ["facts", "resources", "a"],
		"reason": "no access", "resource": "s",
	}]
	not answer.undetermined["T-005"]
	answer.outcome == "warn"
}

test_a_gap_that_knows_where_it_stands_is_told_there_once if {
	gap := {"code": "malformed", "reason": "is a list", "paths": [["facts", "resources", "a"], ["facts", "resources"]], "at": ["spec", "items", 0]}
	answer := decided(object.union(document({"T-001": "deny"}), {"gaps": [gap]}))
	[entry.path | some entry in answer.undetermined["T-001"]] == [["spec", "items", 0]]
}

test_a_gap_above_hides_what_lies_below if {
	gap := {"code": "unreadable", "reason": "no access", "paths": [["facts"]]}
	answer := decided(object.union(document({"T-001": "deny", "T-005": "deny"}), {"gaps": [gap]}))
	object.keys(answer.undetermined) == {"T-001", "T-005"}
}

test_a_gap_below_hides_part_of_what_is_read if {
	gap := {"code": "unreadable", "reason": "no access", "paths": [["facts", "resources", "a", "b"]]}
	answer := decided(object.union(document({"T-001": "deny"}), {"gaps": [gap]}))
	count(answer.undetermined["T-001"]) == 1
}

test_a_gap_elsewhere_hides_nothing if {
	gap := {"code": "unreadable", "reason": "no access", "paths": [["facts", "resources", "c"]]}
	decided(object.union(document({"T-001": "deny"}), {"gaps": [gap]})).undetermined == {}
}

test_a_failed_evaluation_is_enforced_like_a_fail_and_nothing_else_is_touched if {
	gap := {"code": "evaluation_error", "reason": "time.parse", "control": "T-001"}
	answer := decided(object.union(document({"T-001": "deny", "T-005": "deny"}), {"gaps": [gap]}))
	answer.outcome == "deny"
	answer.evaluated == ["T-001", "T-005"]
	answer.undetermined == {"T-001": [{"code": "evaluation_error", "path": [], "reason": "time.parse", "resource": "s"}]}
}

test_controls_that_read_a_fact_of_the_wrong_type_are_not_asked_and_enforced_like_a_fail if {
	answer := decided(object.union(document({"T-001": "deny", "T-005": "deny"}), {"facts": {"resources": {"a": ["x"], "b": []}}}))
	answer.outcome == "deny"
	answer.evaluated == ["T-001", "T-005"]
	answer.resources == {"T-005": 1}
	answer.undetermined == {"T-001": [{
		"code": "misshapen", "path": ["facts", "resources", "a"],
		"reason": "not of the type that this fact has", "resource": "s",
	}]}
}

test_what_a_gap_hides_is_not_of_the_wrong_type if {
	gap := {"code": "unreadable", "reason": "no access", "paths": [["facts", "resources"]]}
	answer := decided(object.union(document({"T-001": "deny"}), {"gaps": [gap], "facts": {"resources": {"a": ["x"]}}}))
	answer.outcome == "warn"
	[entry.code | some entry in answer.undetermined["T-001"]] == ["unreadable"]
}

test_a_law_lowers_what_does_not_bind_yet if {
	answer := main.decision with input as object.union(
		document({"T-002": "deny"}),
		{"profile": {"framework": "law", "enforcement": {"T-002": "deny"}, "undetermined": []}},
	)
		with data.policyctl.controls as controls
		with data.policyctl.catalog as object.union(catalog, {
			"frameworks": {"law": {"dated": true}}, "edges": {"law": {}}, "clauses": {"law": {}},
		})
	answer.outcome == "warn"
	answer.bindings == {"T-002": {"action": "warn"}}
}

test_a_finding_that_shows_the_class_of_a_clause_has_it_bind if {
	answer := main.decision with input as object.union(
		document({"T-001": "deny", "T-002": "deny"}),
		{"profile": {"framework": "law", "enforcement": {"T-001": "deny", "T-002": "deny"}, "undetermined": []}},
	)
		with data.policyctl.controls as controls
		with data.policyctl.catalog as object.union(catalog, {
			"frameworks": {"law": {"dated": true}},
			"edges": {"law": {id: [{"clause": "c", "covers": "part", "shows_class": true}] | some id in ["T-001", "T-002"]}},
			"clauses": {"law": {"c": {
				"binds": ["provider"], "risk_class": "prohibited",
				"dates": {"any": {"current": "2025-02-02", "original": "2025-02-02", "reading": false}},
			}}},
		})
	answer.outcome == "deny"
	{id: binding.action | some id, binding in answer.bindings} == {"T-001": "warn", "T-002": "deny"}
}

test_several_documents_are_answered_in_their_order if {
	answers := main.decisions with input as {"documents": [document({"T-001": "deny"}), document({"T-002": "deny"})]}
		with data.policyctl.controls as controls
		with data.policyctl.catalog as catalog
	[answer.outcome | some answer in answers] == ["allow", "deny"]
}

test_an_answer_missing_a_part_is_no_answer if {
	not main.decision with input as json.remove(document({"T-001": "deny"}), ["simulated"])
		with data.policyctl.controls as controls
		with data.policyctl.catalog as catalog
}

test_a_waived_finding_stays_is_named_and_audited if {
	answer := decided(waiving(document({"T-002": "deny"}), [waiver({})]))
	answer.outcome == "allow"
	[finding.waiver | some finding in answer.findings["T-002"]] == ["W-1"]
	answer.waivers == {"W-1": "applied"}
}

test_a_waiver_changes_no_findings_id if {
	without := decided(document({"T-002": "deny"})).findings["T-002"][0]
	with_one := decided(waiving(document({"T-002": "deny"}), [waiver({})])).findings["T-002"][0]
	with_one == object.union(without, {"waiver": "W-1"})
}

test_one_finding_that_nobody_accepted_denies_whatever_else_is_waived if {
	answer := decided(waiving(document({"T-006": "deny"}), [waiver({"control": "T-006", "resource": "bad.one"})]))
	answer.outcome == "deny"
	{finding.resource: object.get(finding, "waiver", "none") | some finding in answer.findings["T-006"]} == {
		"bad.one": "W-1",
		"bad.two": "none",
	}
	[object.get(entry, "waiver", "none") | some entry in answer.undetermined["T-006"]] == ["none"]
}

test_with_all_findings_waived_what_could_not_be_told_still_warns if {
	given := waiving(document({"T-006": "deny"}), [waiver({"control": "T-006", "resource": "bad.*"})])
	decided(given).outcome == "warn"
	decided(object.union(given, {"profile": {"undetermined": ["high"]}})).outcome == "deny"
}

test_what_could_not_be_told_can_be_waived if {
	answer := decided(waiving(counting(["high"], {"T-003": "deny"}), [waiver({"control": "T-003"})]))
	answer.outcome == "allow"
	[entry.waiver | some entry in answer.undetermined["T-003"]] == ["W-1"]
}

test_a_waiver_touches_no_other_control if {
	answer := decided(waiving(document({"T-002": "deny", "T-006": "deny"}), [waiver({"control": "T-002", "resource": "bad*"})]))
	answer.outcome == "deny"
	[finding | some finding in answer.findings["T-006"]; finding.waiver] == []
}

test_what_a_gap_hides_cannot_be_waived if {
	gap := {"code": "unreadable", "reason": "no access", "paths": [["facts", "resources", "a"]]}
	given := object.union(counting(["high"], {"T-001": "deny"}), {"gaps": [gap], "subject": {"id": "bad"}})
	answer := decided(waiving(given, [waiver({"control": "T-001"})]))
	answer.outcome == "deny"
	answer.waivers == {"W-1": "unmatched"}
}

test_a_failed_evaluation_cannot_be_waived if {
	gap := {"code": "evaluation_error", "reason": "time.parse", "control": "T-001"}
	given := object.union(document({"T-001": "deny"}), {"gaps": [gap], "subject": {"id": "bad"}})
	decided(waiving(given, [waiver({"control": "T-001"})])).outcome == "deny"
}

test_facts_of_the_wrong_type_cannot_be_waived if {
	given := object.union(document({"T-001": "deny"}), {"subject": {"id": "bad"}, "facts": {"resources": {"a": ["x"]}}})
	decided(waiving(given, [waiver({"control": "T-001"})])).outcome == "deny"
}

test_a_control_cannot_waive_its_own_findings if {
	answer := decided(document({"T-007": "deny"}))
	answer.outcome == "deny"
	answer.findings["T-007"] == [finding | some finding in answer.findings["T-007"]; not finding.waiver]
}

test_a_waiver_that_is_no_longer_needed_is_told_from_one_that_meets_nothing if {
	given := document({"T-001": "deny"})
	decided(waiving(given, [waiver({"control": "T-001", "resource": "fine"})])).waivers == {"W-1": "not_needed"}
	decided(waiving(given, [waiver({"control": "T-001", "resource": "elsewhere"})])).waivers == {"W-1": "unmatched"}
	decided(waiving(given, [waiver({"control": "T-002"})])).waivers == {"W-1": "unmatched"}
}

test_a_finding_that_lacks_its_code_or_resource_is_not_forgotten if {
	every lacking in ["code", "resource"] {
		answer := finding_in_all({object.remove(_finding, [lacking])})
		answer.outcome == "deny"
		answer.findings == {}
		answer.undetermined == {"T-002": [_unnamed]}
	}
}

test_a_whole_finding_beside_one_without_a_code_is_told if {
	answer := finding_in_all({_finding, object.remove(_finding, ["code"])})
	[finding.resource | some finding in answer.findings["T-002"]] == ["bad"]
	answer.undetermined == {"T-002": [_unnamed]}
}

finding_in_all(findings) := answer if {
	told := {"test": {"failing": {"resources": {"bad"}, "findings": findings}}}
	answer := main.decision with input as document({"T-002": "deny"})
		with data.policyctl.controls as object.union(controls, told)
		with data.policyctl.catalog as catalog
}

_finding := {"code": "bad", "resource": "bad", "message": "is bad", "path": []}

_unnamed := {
	"resource": "s", "path": [], "code": "misshapen",
	"reason": "a finding of this control does not say its code and its resource",
}

test_without_waivers_there_is_nothing_to_say_of_them if {
	decided(document({"T-001": "deny"})).waivers == {}
	decided(waiving(document({"T-001": "deny"}), [])).waivers == {}
}

waiving(given, waivers) := object.union(given, {
	"waivers": waivers,
	"system": {"id": "scoring", "established": true},
	"profile": {"waivers": {"high": 90}},
})

waiver(changes) := object.union(
	{
		"id": "W-1", "control": "T-002", "system": "scoring", "resource": "bad", "owner": "Risk", "reason": "It moves.",
		"compensating_control": "One subnet only.", "ticket": "RISK-7", "requester": "sam", "approver": "kim",
		"self_approved": false, "first_day": "2026-11-01", "last_day": "2026-11-30",
	},
	changes,
)

decided(given) := answer if {
	answer := main.decision with input as given
		with data.policyctl.controls as controls
		with data.policyctl.catalog as catalog
}

document(enforcement) := counting([], enforcement)

counting(severities, enforcement) := {
	"kind": "terraform_plan",
	"subject": {"id": "s"},
	"system": {},
	"as_of": "2026-11-21",
	"simulated": false,
	"profile": {"enforcement": enforcement, "undetermined": severities},
	"gaps": [],
	"facts": {"resources": {}},
}

controls := {"test": {
	"passing": {"resources": {"bad", "fine"}, "findings": set()},
	"failing": {"resources": {"bad"}, "findings": {{"code": "bad", "resource": "bad", "message": "is bad", "path": []}}},
	"unclear": {"resources": {"bad"}, "findings": set(), "undetermined": {{"resource": "bad", "path": [], "reason": "later"}}},
	"ownerless": {"resources": set(), "findings": {{"code": "none", "resource": "-", "message": "there is none", "path": []}}},
	"elsewhere": {"resources": {"a"}, "findings": set()},
	"mixed": {
		"resources": {"bad.one", "bad.two", "fine"},
		"findings": {
			{"code": "bad", "resource": "bad.one", "message": "is bad", "path": []},
			{"code": "bad", "resource": "bad.two", "message": "is bad", "path": []},
		},
		"undetermined": {{"resource": "later", "path": [], "reason": "later"}},
	},
	"forward": {
		"resources": {"bad"},
		"findings": {{"code": "bad", "resource": "bad", "message": "is bad", "path": [], "waiver": "W-1"}},
	},
}}

catalog := {
	"index": {"model_card": {}, "terraform_plan": {
		"T-001": {"family": "test", "name": "passing", "parameters": []},
		"T-002": {"family": "test", "name": "failing", "parameters": []},
		"T-003": {"family": "test", "name": "unclear", "parameters": []},
		"T-004": {"family": "test", "name": "ownerless", "parameters": []},
		"T-005": {"family": "test", "name": "elsewhere", "parameters": []},
		"T-006": {"family": "test", "name": "mixed", "parameters": []},
		"T-007": {"family": "test", "name": "forward", "parameters": []},
		"T-404": {"family": "test", "name": "missing", "parameters": []},
	}},
	"controls": {id: {"severity": "high"} |
		some id in ["T-001", "T-002", "T-003", "T-004", "T-005", "T-006", "T-007", "T-404"]
	},
	"reads": {
		"T-001": [["facts", "resources", "a"]], "T-002": [], "T-003": [], "T-004": [],
		"T-005": [["facts", "resources", "b"]], "T-006": [], "T-007": [], "T-404": [],
	},
	"frameworks": {},
}
