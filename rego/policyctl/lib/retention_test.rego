package policyctl.lib.retention_test

import data.policyctl.lib.retention
import data.policyctl.testing.terraform

test_a_default_retention_with_a_mode_and_a_period_is_in_force if {
	every mode in ["COMPLIANCE", "GOVERNANCE"] {
		retention.in_force(lock({"mode": mode, "days": 1})) == "yes"
		retention.in_force(lock({"mode": mode, "days": null, "years": 1})) == "yes"
		retention.in_force(lock({"mode": mode, "days": 0})) == "no"
		retention.in_force(lock({"mode": mode})) == "no"
	}
	every mode in ["compliance", "", null, true, ["COMPLIANCE"]] {
		retention.in_force(lock({"mode": mode, "days": 1})) == "no"
	}
	retention.in_force(made("aws_s3_bucket_object_lock_configuration", {"values": {}})) == "no"
}

test_an_account_policy_is_in_force_unless_it_is_disabled if {
	every state in ["Unlocked", "Locked"] {
		retention.in_force(account({"state": state, "period_since_creation_in_days": 1})) == "yes"
	}
	retention.in_force(account({"state": "Disabled", "period_since_creation_in_days": 1})) == "no"
	retention.in_force(account({"state": "Locked", "period_since_creation_in_days": 0})) == "no"
	retention.in_force(account({"period_since_creation_in_days": 1})) == "no"
}

test_a_policy_of_a_container_is_in_force_locked_or_not if {
	policy := "azurerm_storage_container_immutability_policy"
	retention.in_force(made(policy, {"values": {"immutability_period_in_days": 1}})) == "yes"
	retention.in_force(made(policy, {"values": {"immutability_period_in_days": 1, "locked": true}})) == "yes"
	retention.in_force(made(policy, {"values": {"locked": true}})) == "no"
}

test_seconds_may_be_written_as_text if {
	every period in [1, "1", 3155760000, "3155760000"] {
		retention.in_force(google({"retention_period": period})) == "yes"
	}
	every period in [0, "0", "", "one", "-1", "1.5", "9999999999999", null, true, [1]] {
		retention.in_force(google({"retention_period": period})) == "no"
	}
}

test_what_holds_no_retention_has_none_in_force if {
	retention.in_force(made("azurerm_storage_container", {"values": {"locked": true}})) == "no"
}

test_a_period_lasts_up_to_its_last_day if {
	retention.lasts(google({"retention_period": "172800"}), 2) == "yes"
	retention.lasts(google({"retention_period": "172799"}), 2) == "no"
	retention.lasts(google({"retention_period": 172799}), 2) == "no"
	retention.lasts(lock({"days": 29}), 30) == "no"
	retention.lasts(lock({"days": 30}), 30) == "yes"
	retention.lasts(lock({"years": 1}), 365) == "yes"
	retention.lasts(lock({"years": 1}), 366) == "no"
	block := [{"rule": [{"default_retention": [{"years": 1}]}]}]
	retention.lasts(made("aws_s3_bucket", {"values": {"object_lock_configuration": block}}), 365) == "yes"
	retention.lasts(made("aws_s3_bucket", {"values": {"object_lock_configuration": block}}), 366) == "no"
}

test_what_is_known_only_after_apply_is_untold if {
	every state in ["unknown", "masked"] {
		every path in ["rule", "rule.0.default_retention.0.days", "rule.0.default_retention.0.mode"] {
			retention.in_force(hidden(lock({"days": 1, "mode": "COMPLIANCE"}), {state: [path]})) == "untold"
		}
		retention.lasts(hidden(lock({"days": 1}), {state: ["rule.0.default_retention.0.days"]}), 1) == "untold"
		retention.locked(hidden(google({"is_locked": false}), {state: ["retention_policy.0.is_locked"]})) == "untold"
	}
}

test_what_is_known_to_be_none_stays_none_whatever_is_unknown if {
	retention.in_force(hidden(lock({"days": 1, "mode": "x"}), {"unknown": ["rule.0.default_retention.0.days"]})) == "no"
}

test_a_lock_is_for_good if {
	retention.locked(lock({"mode": "COMPLIANCE"})) == "yes"
	retention.locked(lock({"mode": "GOVERNANCE"})) == "no"
	retention.locked(account({"state": "Locked"})) == "yes"
	retention.locked(account({"state": "Unlocked"})) == "no"
	retention.locked(google({"is_locked": true})) == "yes"
	every value in [false, null, "true"] {
		retention.locked(google({"is_locked": value})) == "no"
	}
}

test_objects_may_be_kept_one_by_one if {
	retention.by_object(made("aws_s3_bucket", {"values": {"object_lock_enabled": true}})) == true
	retention.by_object(made("aws_s3_bucket", {"values": {"object_lock_enabled": false}})) == false
	inside := [{"object_lock_enabled": "Enabled"}]
	retention.by_object(made("aws_s3_bucket", {"values": {"object_lock_configuration": inside}})) == true
	retention.by_object(made("google_storage_bucket", {"values": {"enable_object_retention": true}})) == true
	retention.by_object(made("azurerm_storage_account", {"values": {}})) == false
}

test_lengths_are_those_that_are_known if {
	retention.lengths(lock({"days": 1, "years": null})) == {"rule.0.default_retention.0.days"}
	retention.lengths(lock({})) == set()
}

lock(rule) := made("aws_s3_bucket_object_lock_configuration", {"values": {"rule": [{"default_retention": [rule]}]}})

account(policy) := made("azurerm_storage_account", {"values": {"immutability_policy": [policy]}})

google(policy) := made("google_storage_bucket", {"values": {"retention_policy": [policy]}})

hidden(resource, what) := object.union(resource, what)

made(type, given) := terraform.plan([object.union({"address": sprintf("%s.a", [type])}, given)]).facts.resources[type][0]
