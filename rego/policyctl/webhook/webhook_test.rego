package policyctl.webhook_test

import data.policyctl.alone
import data.policyctl.webhook
import data.system.log
import data.system.main

test_an_object_that_passes_is_allowed if {
	review := reviewed({"T-001": "deny"}, {})
	review.response == {"uid": "u", "allowed": true, "warnings": [], "auditAnnotations": {"outcome": "allow", "profile": "baseline"}}
	review.decision.evaluated == ["T-001"]
}

test_a_finding_of_a_denying_control_is_forbidden if {
	review := reviewed({"T-002": "deny"}, {})
	review.response.allowed == false
	review.response.status.code == 403
	review.response.status.message == "profile baseline denies Pod ml/p\nT-002: spec.0: it is bad"
	review.decision.outcome == "deny"
}

test_a_finding_of_a_warning_control_is_a_warning if {
	review := reviewed({"T-002": "warn"}, {})
	review.response.allowed
	review.response.warnings == ["T-002: spec.0: it is bad"]
}

test_a_finding_of_an_audited_control_is_told_to_nobody if {
	review := reviewed({"T-002": "audit"}, {})
	review.response.warnings == []
	count(review.decision.findings["T-002"]) == 1
}

test_what_could_not_be_told_warns if {
	review := reviewed({"T-003": "deny"}, {})
	review.response.allowed
	review.response.warnings == ["T-003: : cannot be told: dark"]
}

test_what_could_not_be_told_denies_where_the_profile_counts_it if {
	review := counted({"T-003": "deny"}, ["high"])
	review.response.allowed == false
}

test_what_cannot_be_read_is_not_told_of_any_control if {
	review := reviewed({"T-001": "deny"}, {"object": {"spec": {"hostPID": "yes"}}})
	review.decision.undetermined["T-001"][0].reason == "spec.hostPID is not boolean"
	review.decision.outcome == "warn"
}

test_a_control_that_failed_denies if {
	review := reviewed({"T-005": "deny"}, {})
	review.decision.outcome == "deny"
	review.response.allowed == false
	contains(review.response.status.message, "T-005")
}

test_an_update_that_is_no_worse_is_let_through if {
	review := updated({"T-002": "deny"}, "warn")
	review.response.allowed
	review.decision.outcome == "deny"
	review.decision.answered == "allowed: no worse than before"
	review.response.auditAnnotations.answered == "allowed: no worse than before"
	review.response.warnings == ["T-002: spec.0: it is bad"]
	updated({"T-002": "deny"}, "deny").response.allowed == false
}

test_an_update_that_is_worse_is_forbidden if {
	worse := object.union(relabelled, {"oldObject": {"kind": "Secret"}})
	answers(asked(worse), {"T-002": "deny"}, {}).baseline.response.allowed == false
}

test_an_update_of_what_cannot_be_read_is_forbidden_though_it_was_no_better_before if {
	unread := {"object": {"spec": {"hostPID": "yes"}}}
	same := object.union(relabelled, object.union(unread, {"oldObject": unread.object}))
	answers(asked(same), {"T-001": "deny"}, {"undetermined": ["high"]}).baseline.response.allowed == false
}

test_what_is_not_judged_is_allowed_with_the_reason if {
	review := reviewed({"T-002": "deny"}, {"operation": "DELETE"})
	review.response.allowed
	review.response.auditAnnotations == {"outcome": "not_judged", "profile": "baseline", "reason": "what is deleted no longer runs"}
	review.decision == {"judged": false, "outcome": "allow", "profile": "baseline", "reason": "what is deleted no longer runs"}
}

test_what_cannot_be_judged_is_refused if {
	review := reviewed({"T-001": "deny"}, {"object": null})
	review.response.allowed == false
	review.response.status == {"code": 422, "reason": "Invalid", "message": "policyctl cannot judge Pod ml/p: the request holds no object"}
	review.decision.outcome == "deny"
}

test_what_is_no_review_has_no_answer if {
	every value in [{}, {"request": asked({}).request}, object.union(asked({}), {"kind": "Pod"}), object.union(asked({}), {"apiVersion": "v1"})] {
		answers(value, {"T-001": "deny"}, {}) == {}
	}
	answers(asked({"uid": 7}), {"T-001": "deny"}, {}) == {}
}

test_a_profile_that_selects_none_of_these_controls_has_no_answer if {
	answers(asked({}), {}, {}) == {}
	answers(asked({}), {"T-009": "deny"}, {}) == {}
}

test_a_profile_by_the_dates_of_a_law_has_no_answer if {
	answers(asked({}), {"T-001": "deny"}, {"framework": "act"}) == {}
	count(answers(asked({}), {"T-001": "deny"}, {"framework": "standard"})) == 1
}

test_a_selected_control_without_a_package_gives_no_answer if answers(asked({}), {"T-001": "deny", "T-404": "deny"}, {}) == {}

test_many_entries_are_shortened if {
	review := reviewed({"T-006": "deny"}, {})
	lines := split(review.response.status.message, "\n")
	count(lines) == 12
	lines[11] == "and 5 more"
}

test_without_a_kind_of_framework_a_profile_can_be_decided_by if {
	alone.decides(catalog({"T-001": "deny"}, {}).profiles.baseline) with data.policyctl.catalog as catalog({"T-001": "deny"}, {})
}

test_opa_answers_by_the_baseline if {
	main.response.allowed == false with input as asked({})
		with data.policyctl.catalog as catalog({"T-002": "deny"}, {})
		with data.policyctl.controls as controls
	[main.apiVersion, main.kind] == ["admission.k8s.io/v1", "AdmissionReview"] with input as asked({})
		with data.policyctl.catalog as catalog({"T-002": "deny"}, {})
		with data.policyctl.controls as controls
	main.decision.outcome == "deny" with input as asked({})
		with data.policyctl.catalog as catalog({"T-002": "deny"}, {})
		with data.policyctl.controls as controls
}

test_the_log_tells_the_facts_and_nothing_else_of_an_object if {
	[logged] := masked({"path": "system/main", "input": asked({"userInfo": {"username": "alice", "groups": ["g"]}})}, "/input")
	object.keys(logged.value.request) == {"uid", "kind", "operation", "name", "namespace", "userInfo", "facts"}
	logged.value.request.userInfo == {"username": "alice"}
	logged.value.request.facts.id == "Pod.v1/ml/p"
	not contains(json.marshal(logged), "planted")
}

test_the_log_tells_no_object_that_is_not_judged if {
	[logged] := masked({"path": "policyctl/webhook/reviews/strict", "input": asked({"operation": "DELETE"})}, "/input")
	not logged.value.request.facts
	not contains(json.marshal(logged), "planted")
}

test_the_log_tells_nothing_of_what_else_is_asked if {
	every event in [
		{"path": "policyctl/portable", "input": asked({}), "result": {}},
		{"query": "x = input", "input": asked({}), "result": {}},
		{"path": "other", "input": "planted", "result": {}},
	] {
		[logged] := masked(event, "/input")
		logged.value == {}
		count(masked(event, "/result")) == 1
	}
	[logged] := masked({"path": "system/main", "input": "planted"}, "/input")
	logged.value == {}
	[text] := masked({"path": "system/main", "input": {"request": "planted"}}, "/input")
	text.value == {}
}

test_the_log_tells_documents_as_they_are if {
	event := {"path": "policyctl/main/decisions", "input": {"documents": []}, "result": []}
	masked(event, "/input") == []
	masked(event, "/result") == []
}

test_what_cannot_be_masked_is_not_logged if {
	log.drop with input as {"path": "system/main", "custom": {"request_metadata": {"object": "planted"}}}
	not log.drop with input as {"path": "system/main"}
}

masked(event, path) := [rule | some rule in rules; rule.path == path] if rules := log.mask with input as event

reviewed(enforcement, changed) := answers(asked(changed), enforcement, {}).baseline

counted(enforcement, severities) := answers(asked({}), enforcement, {"undetermined": severities}).baseline

updated(enforcement, not_worse) := review if {
	value := asked(relabelled)
	profiles := object.union(catalog(enforcement, {}), {"profiles": {"baseline": {"update_not_worse": not_worse}}})
	review := webhook.reviews.baseline with input as value with data.policyctl.catalog as profiles with data.policyctl.controls as controls
}

relabelled := {"operation": "UPDATE", "oldObject": object.union(pod, {"metadata": {"labels": {"a": "b"}}})}

answers(value, enforcement, of_kind) := reviews if {
	reviews := webhook.reviews with input as value
		with data.policyctl.catalog as catalog(enforcement, of_kind)
		with data.policyctl.controls as controls
}

pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "annotations": {"a": "planted"}},
	"spec": {"hostIPC": true, "containers": [{"name": "c", "image": "nginx", "args": ["planted"], "env": [{"name": "A", "value": "planted"}]}]},
}

asked(changed) := {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": object.union(
	{
		"uid": "u",
		"kind": {"group": "", "version": "v1", "kind": "Pod"},
		"operation": "CREATE",
		"namespace": "ml",
		"name": "p",
		"object": pod,
	},
	changed,
)}

finding(code) := {"code": code, "resource": "Pod.v1/ml/p", "path": ["spec", 0], "message": "it is bad"}

controls := {"test": {
	"passing": {"resources": {"a"}, "findings": set(), "undetermined": set()},
	"failing": {"resources": {"a"}, "findings": {finding("bad")}, "undetermined": set()},
	"dark": {"resources": {"a"}, "findings": set(), "undetermined": {{"resource": "a", "path": [], "reason": "dark"}}},
	"broken": {"resources": {"a"}, "findings": {{"message": "no code"}}, "undetermined": set()},
	"many": {"resources": {"a"}, "findings": {finding(sprintf("c%d", [number])) | some number in numbers.range(1, 15)}, "undetermined": set()},
}}

names := {"T-001": "passing", "T-002": "failing", "T-003": "dark", "T-005": "broken", "T-006": "many", "T-009": "elsewhere", "T-404": "absent"}

catalog(enforcement, of_kind) := {
	"index": {"kubernetes_object": {id: {"family": "test", "name": name, "parameters": []} | some id, name in names}},
	"controls": {id: {"severity": "high"} | some id, _ in names},
	"reads": {id: [["facts", "pods"]] | some id, _ in names},
	"facts": {"kubernetes_object": {"pods": "array"}},
	"frameworks": {"act": {"dated": true}, "standard": {"dated": false}},
	"not_portable": {"T-009": "it reads other objects"},
	"profiles": {"baseline": {
		"update_not_worse": "warn",
		"kinds": {"kubernetes_object": object.union({"id": "baseline", "enforcement": enforcement, "parameters": {}, "undetermined": []}, of_kind)},
	}},
}
