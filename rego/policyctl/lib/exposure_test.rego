package policyctl.lib.exposure_test

import data.policyctl.lib.exposure

test_a_policy_that_allows_everybody_without_a_condition_is_public if {
	every principal in ["*", {"AWS": "*"}, {"AWS": ["x", "*"]}] {
		policy([{"Effect": "Allow", "Principal": principal, "Action": "*"}]) == "yes"
	}
	policy({"Effect": "Allow", "Principal": "*"}) == "yes"
	policy([{"Effect": "Allow", "NotPrincipal": {"AWS": "x"}}]) == "yes"
	policy([{"Effect": "Deny", "Principal": "*"}, {"Effect": "Allow", "Principal": "*", "Condition": {}}]) == "yes"
}

test_a_policy_that_allows_somebody_or_denies_is_not_public if {
	policy([{"Effect": "Deny", "Principal": "*"}]) == "no"
	policy([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/x"}}]) == "no"
	policy({"Effect": "Allow", "Principal": {"Service": ["logging.s3.amazonaws.com"]}}) == "no"
}

test_what_a_policy_does_not_say_plainly_is_untold if {
	policy([{"Effect": "Allow", "Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o"}}}]) == "untold"
	policy([{"Effect": "Allow"}]) == "untold"
	policy([{"Effect": "Allow", "Principal": {}}]) == "untold"
	policy([]) == "untold"
	policy("x") == "untold"
	of({"grant": "{"}) == "untold"
	of({"grant": "{}"}) == "untold"
	of({"grant": {"Statement": []}}) == "untold"
	of({"grant": ""}) == "untold"
	of({}) == "untold"
}

test_google_members_of_everybody_are_public if {
	every member in ["allUsers", "allAuthenticatedUsers"] {
		exposure.member(grant({"grant": member}), "grant") == "yes"
		exposure.members(grant({"grant": ["user:x", member]}), "grant") == "yes"
	}
	exposure.member(grant({"grant": "user:x"}), "grant") == "no"
	exposure.members(grant({"grant": ["user:x"]}), "grant") == "no"
}

test_members_that_are_not_known_are_untold if {
	exposure.member(grant({"grant": ["allUsers"]}), "grant") == "untold"
	exposure.member(grant({}), "grant") == "untold"
	exposure.members(grant({"grant": ["user:x", null]}), "grant") == "untold"
	exposure.members(grant({"grant": []}), "grant") == "untold"
	exposure.members(grant({"grant": "user:x"}), "grant") == "untold"
	exposure.members(object.union(grant({}), {"unknown": ["grant"]}), "grant") == "untold"
}

policy(statements) := of({"grant": json.marshal({"Statement": statements})})

of(values) := exposure.policy(grant(values), "grant")

grant(values) := {"values": values, "unknown": [], "computed": [], "masked": [], "references": {}}
