package policyctl.lib.attestation_test

import data.policyctl.lib.attestation
import data.policyctl.testing.system as make

test_an_attestation_that_says_all_counts if {
	codes({}) == set()
	looked_at({}) == {"credit-scoring"}
}

test_where_nobody_attests_nothing_is_told if {
	codes_of(null) == {"not_attested"}
	attestation.subjects(null, 365) == {"credit-scoring"} with input as make.described({}, {}, {})
}

test_an_attestation_counts_from_its_first_day_to_its_last if {
	codes({"first_day": "2026-11-22"}) == {"not_begun"}
	codes({"first_day": "2026-11-21"}) == set()
	codes({"last_day": "2026-11-21"}) == set()
	codes({"last_day": "2026-11-20"}) == {"expired"}
}

test_an_attestation_counts_for_as_long_as_the_profile_allows if {
	codes({"days": 365}) == set()
	codes({"days": 366}) == {"too_long"}
}

test_a_named_person_attests_in_a_function if {
	codes({"by": {"name": "Risk Team", "role": "Risk"}}) == {"no_person"}
	codes({"by": {"name": "TBD", "role": "Risk"}}) == {"no_person"}
	codes({"by": {"name": "ai-office@example.com", "role": "Risk"}}) == {"no_person"}
	codes({"by": {"name": "Maria Keller", "role": "n/a"}}) == {"no_role"}
}

test_a_statement_states_something if {
	codes({"statement": "TBD"}) == {"no_statement"}
}

test_evidence_is_named_with_its_digest if {
	codes({"evidence": []}) == {"no_evidence"}
	codes({"evidence": [{"title": "Minutes", "link": "https://example.com", "state": "elsewhere"}]}) == {"no_evidence"}
	every sha256 in [substring(make.digest, 0, 63), concat("", [make.digest, "0"]), upper(make.digest), 7] {
		codes({"evidence": [{"title": "Minutes", "sha256": sha256, "state": "elsewhere"}]}) == {"no_evidence"}
	}
}

test_an_empty_file_is_no_evidence if {
	codes({"evidence": [{"title": "Minutes", "sha256": crypto.sha256(""), "state": "same"}]}) == {"no_evidence"}
}

test_evidence_that_changed_or_is_gone_supports_nothing if {
	codes({"evidence": [evidence("same"), evidence("changed")]}) == {"evidence_changed"}
	codes({"evidence": [evidence("same"), evidence("missing")]}) == {"evidence_missing"}
	codes({"evidence": [evidence("same")]}) == set()
}

test_every_reason_is_a_sentence if {
	all_wrong := {
		"by": {"name": "Risk Team", "role": "-"}, "statement": "-", "first_day": "2026-12-01", "last_day": "2026-10-01", "days": 999,
		"evidence": [{"title": "A", "state": "changed"}, {"title": "B", "state": "missing"}],
	}
	reasons(make.attestation(all_wrong)) == {
		`it is attested by "Risk Team", which is not the first and last name of a person`,
		"Risk Team attests it in no function",
		"the attestation states nothing",
		"the attestation begins on 2026-12-01 only",
		"the attestation expired on 2026-10-01",
		"it is attested for 999 days, and 365 are the most that count",
		"no evidence is named with its SHA-256 digest",
		"evidence is not what was attested: A",
		"evidence is not where it was: B",
	}
	reasons(null) == {"nobody attests it"}
	reasons({}) == {"what is attested cannot be read"}
}

test_what_is_broken_does_not_count if {
	every broken in ["x", 7, true, [], {}, [make.attestation({})], {"x": make.attestation({})}] {
		codes_of(broken) == {"not_readable"}
		attestation.denies(broken) == false
	}
	every key in ["conclusion", "statement", "by", "first_day", "last_day", "days", "evidence"] {
		codes_of(json.remove(make.attestation({}), [key])) == {"not_readable"}
		every value in [null, "x", {}, true, [7]] {
			count(codes_of(object.union(json.remove(make.attestation({}), [key]), {key: value}))) == 1
		}
	}
}

test_somebody_who_attests_that_it_is_not_met_is_believed if {
	denial := make.attestation({"conclusion": "not_met", "last_day": "2026-10-01", "evidence": []})
	attestation.denies(denial) == true
	codes_of(denial) == set()
	attestation.subjects(denial, 365) == {"credit-scoring"} with input as make.described({}, {}, {})
}

test_it_does_not_apply_only_where_the_attestation_counts if {
	looked_at({"conclusion": "not_applicable"}) == set()
	looked_at({"conclusion": "not_applicable", "last_day": "2026-11-20"}) == {"credit-scoring"}
	codes({"conclusion": "not_applicable", "last_day": "2026-11-20"}) == {"expired"}
	looked_at({"conclusion": "not_applicable", "evidence": []}) == {"credit-scoring"}
}

evidence(state) := {"title": "Minutes", "sha256": make.digest, "state": state}

codes(changes) := codes_of(make.attestation(changes))

codes_of(given) := {doubt.code | some doubt in doubts_of(given)}

reasons(given) := {doubt.reason | some doubt in doubts_of(given)}

doubts_of(given) := found if {
	found := attestation.doubts(given, 365, []) with input as make.described({}, {}, {})
}

looked_at(changes) := found if {
	found := attestation.subjects(make.attestation(changes), 365) with input as make.described({}, {}, {})
}
