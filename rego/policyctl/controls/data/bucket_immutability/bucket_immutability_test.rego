package policyctl.controls.data.bucket_immutability_test

import data.policyctl.controls.data.bucket_immutability as control
import data.policyctl.testing.terraform

test_a_bucket_with_a_locked_default_retention_passes if {
	found := decided([bucket, lock("COMPLIANCE", 1)])
	found.resources == {bucket.address, "aws_s3_bucket_object_lock_configuration.a"}
	clean(found)
}

test_a_bucket_without_retention_fails if {
	codes([bucket]) == {[bucket.address, "no_retention"]}
	codes([bucket, object.union(lock("COMPLIANCE", 1), {"action": "delete"})]) == {[bucket.address, "no_retention"]}
	other := object.union(lock("COMPLIANCE", 1), {"references": {"bucket": ["aws_s3_bucket.b.id"]}})
	codes([bucket, other]) == {[bucket.address, "no_retention"]}
}

test_object_lock_without_a_default_retention_fails if {
	codes([object.union(bucket, {"values": {"object_lock_enabled": true}})]) == {[bucket.address, "no_default"]}
	bare := {
		"address": detached.address,
		"values": {"object_lock_enabled": "Enabled", "rule": []},
		"references": {"bucket": ["aws_s3_bucket.a.id"]},
	}
	codes([bucket, bare]) == {[bare.address, "no_default"]}
}

test_a_retention_that_administrators_can_lift_fails_unless_the_profile_takes_it if {
	codes([bucket, lock("GOVERNANCE", 400)]) == {["aws_s3_bucket_object_lock_configuration.a", "can_be_lifted"]}
	lax := decided_with([bucket, lock("GOVERNANCE", 400)], {"minimum_days": 1, "modes": ["locked", "liftable"]})
	clean(lax)
	strange := decided_with([bucket, lock("GOVERNANCE", 400)], {"minimum_days": 1, "modes": ["locked", "GOVERNANCE"]})
	{finding.code | some finding in strange.findings} == {"can_be_lifted"}
}

test_a_retention_that_ends_too_soon_fails if {
	found := decided_with([bucket, lock("COMPLIANCE", 29)], {"minimum_days": 30, "modes": ["locked"]})
	{[finding.code, finding.path] | some finding in found.findings} == {[
		"too_short",
		["values", "rule", 0, "default_retention", 0, "days"],
	]}
	clean(decided_with([bucket, lock("COMPLIANCE", 30)], {"minimum_days": 30, "modes": ["locked"]}))
}

test_a_length_known_only_after_apply_is_undetermined_where_the_known_one_is_too_short if {
	path := "rule.0.default_retention.0.years"
	open := object.union(lock("COMPLIANCE", 1), {"unknown": [path]})
	found := decided_with([bucket, open], {"minimum_days": 30, "modes": ["locked"]})
	found.findings == set()
	{entry.resource | some entry in found.undetermined} == {open.address}
	clean(decided([bucket, open]))
}

test_a_lock_known_only_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		every path in ["rule", "rule.0.default_retention.0.mode", "rule.0.default_retention.0.days"] {
			found := decided([bucket, object.union(lock("COMPLIANCE", 1), {state: [path]})])
			found.findings == set()
			{entry.resource | some entry in found.undetermined} == {"aws_s3_bucket_object_lock_configuration.a"}
		}
	}
}

test_a_lock_of_a_bucket_that_is_not_known_leaves_buckets_undetermined if {
	elsewhere := object.union(detached, {"unknown": ["bucket"]})
	undetermined([bucket, elsewhere]) == {bucket.address}
	codes([bucket, elsewhere]) == set()
	perhaps := json.patch(made([bucket, lock("COMPLIANCE", 1)], defaults), [{
		"op": "add",
		"path": "/facts/referenced_by/aws_s3_bucket.a/0/ambiguous",
		"value": true,
	}])
	{entry.resource | some entry in control.undetermined} == {bucket.address} with input as perhaps
	control.findings == set() with input as perhaps
}

test_the_block_inside_a_bucket_is_read if {
	clean(decided([inside("COMPLIANCE", 1, "create")]))
	codes([inside("GOVERNANCE", 1, "create")]) == {[bucket.address, "can_be_lifted"]}
	codes([inside("COMPLIANCE", 0, "create")]) == {[bucket.address, "no_default"]}
	codes([object.union(bucket, {"computed": ["object_lock_configuration"]})]) == {[bucket.address, "no_retention"]}
	undetermined([object.union(bucket, {"unknown": ["object_lock_configuration"]})]) == {bucket.address}
}

test_what_was_read_back_does_not_count_beside_a_lock_of_its_own if {
	clean(decided([inside("GOVERNANCE", 1, "update"), lock("COMPLIANCE", 1)]))
	codes([inside("COMPLIANCE", 1, "update"), lock("GOVERNANCE", 1)]) == {[detached.address, "can_be_lifted"]}
}

test_what_was_read_back_may_go_with_a_lock_that_the_plan_deletes if {
	gone := object.union(detached, {"action": "delete"})
	undetermined([inside("COMPLIANCE", 1, "no-op"), gone]) == {bucket.address}
	clean(decided([inside("COMPLIANCE", 1, "no-op")]))
	clean(decided([inside("COMPLIANCE", 1, "no-op"), object.union(gone, {"action": "forget"})]))
	clean(decided([inside("COMPLIANCE", 1, "replace"), gone]))
}

test_a_google_bucket_is_kept_by_its_retention_policy if {
	clean(decided([google({"retention_period": "86400", "is_locked": true})]))
	clean(decided([google({"retention_period": 86400, "is_locked": true})]))
	codes([google({"retention_period": "86400", "is_locked": false})]) == {["google_storage_bucket.a", "can_be_lifted"]}
	codes([google({"retention_period": "86399", "is_locked": true})]) == {["google_storage_bucket.a", "too_short"]}
	codes([google({"retention_period": "x", "is_locked": true})]) == {["google_storage_bucket.a", "no_retention"]}
	codes([{"address": "google_storage_bucket.a"}]) == {["google_storage_bucket.a", "no_retention"]}
	by_object := {"address": "google_storage_bucket.a", "values": {"enable_object_retention": true}}
	codes([by_object]) == {["google_storage_bucket.a", "no_default"]}
}

test_a_google_lock_known_only_after_apply_is_undetermined if {
	given := google({"retention_period": "86400", "is_locked": false})
	hidden := object.union(given, {"unknown": ["retention_policy.0.is_locked"]})
	undetermined([hidden]) == {given.address}
	codes([hidden]) == set()
	clean(decided_with([hidden], {"minimum_days": 1, "modes": ["locked", "liftable"]}))
}

test_an_azure_account_without_containers_is_kept_by_its_own_policy if {
	clean(decided([account("Locked")]))
	codes([account("Unlocked")]) == {[account("Locked").address, "can_be_lifted"]}
	codes([account("Disabled")]) == {[account("Locked").address, "no_retention"]}
	undetermined([object.union(account("Locked"), {"unknown": ["immutability_policy"]})]) == {account("Locked").address}
}

test_the_policy_of_an_azure_account_keeps_its_containers if {
	clean(decided([account("Locked"), container]))
	codes([account("Unlocked"), container]) == {[account("Locked").address, "can_be_lifted"]}
	open := object.union(account("Locked"), {"unknown": ["immutability_policy"]})
	undetermined([open, container]) == {open.address, container.address}
}

test_a_container_that_nothing_keeps_fails_and_not_its_account if {
	codes([account("Disabled"), container]) == {[container.address, "no_retention"]}
	undetermined([account("Disabled"), container]) == set()
	elsewhere := object.union(policy(true), {"unknown": [container_path], "references": {container_path: ["local.id"]}})
	undetermined([account("Disabled"), container, elsewhere]) == {container.address}
}

test_a_policy_of_its_own_keeps_a_container if {
	clean(decided([account("Disabled"), container, policy(true)]))
	codes([account("Disabled"), container, policy(false)]) == {[policy(true).address, "can_be_lifted"]}
	clean(decided([container, policy(true)]))
}

test_a_container_may_name_its_account if {
	named := {"address": container.address, "references": {"storage_account_name": ["azurerm_storage_account.a.name"]}}
	clean(decided([account("Locked"), named]))
	codes([account("Disabled"), named]) == {[container.address, "no_retention"]}
}

test_a_container_of_two_accounts_is_undetermined_where_they_differ if {
	other := object.union(account("Locked"), {"address": "azurerm_storage_account.b"})
	both := object.union(container, {"references": {"storage_account_name": ["azurerm_storage_account.b.name"]}})
	undetermined([account("Disabled"), other, both]) == {container.address}
}

test_a_container_of_an_account_that_the_plan_does_not_hold_is_undetermined if {
	undetermined([container]) == {container.address}
	codes([container]) == set()
}

test_a_container_that_may_be_of_any_account_leaves_the_account_undetermined if {
	somewhere := {"address": container.address, "unknown": ["storage_account_id"]}
	undetermined([account("Disabled"), somewhere]) == {account("Disabled").address, container.address}
}

test_a_deleted_bucket_is_not_looked_at if {
	found := decided([object.union(bucket, {"action": "delete"})])
	found.resources == set()
	clean(found)
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_retention",
		"resource": "azurerm_storage_container.a",
		"message": "what it holds can be changed or deleted at any time",
		"path": ["values"],
	}} with input as made([account("Disabled"), container], defaults)
	control.findings == {{
		"code": "no_default",
		"resource": "aws_s3_bucket.a",
		"message": "objects can be locked, but no default retention locks them",
		"path": ["values", "object_lock_configuration"],
	}} with input as made([inside("COMPLIANCE", 0, "create")], defaults)
	control.findings == {{
		"code": "can_be_lifted",
		"resource": "azurerm_storage_account.a",
		"message": "whoever has the permission can shorten or lift the retention",
		"path": ["values", "immutability_policy", 0, "state"],
	}} with input as made([account("Unlocked")], defaults)
	control.findings == {{
		"code": "too_short",
		"resource": "google_storage_bucket.a",
		"message": "the retention is shorter than minimum_days (1)",
		"path": ["values", "retention_policy", 0, "retention_period"],
	}} with input as made([google({"retention_period": "86399", "is_locked": true})], defaults)
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_s3_bucket.a",
		"path": ["values", "object_lock_configuration"],
		"reason": "the plan does not tell whether a retention is set",
	}} with input as made([object.union(bucket, {"unknown": ["object_lock_configuration"]})], defaults)
	control.undetermined == {{
		"resource": "google_storage_bucket.a",
		"path": ["values", "retention_policy"],
		"reason": "how long the retention is, or whether it can be lifted, is known only after apply",
	}} with input as made([object.union(google({"retention_period": "86400", "is_locked": false}), {"unknown": ["retention_policy.0.is_locked"]})], defaults)
}

bucket := {"address": "aws_s3_bucket.a"}

detached := {
	"address": "aws_s3_bucket_object_lock_configuration.a",
	"values": retained("COMPLIANCE", 1),
}

lock(mode, days) := {
	"address": "aws_s3_bucket_object_lock_configuration.a",
	"values": retained(mode, days),
	"references": {"bucket": ["aws_s3_bucket.a.id"]},
}

inside(mode, days, action) := {
	"address": bucket.address,
	"action": action,
	"values": {"object_lock_configuration": [object.union({"object_lock_enabled": "Enabled"}, retained(mode, days))]},
}

retained(mode, days) := {"rule": [{"default_retention": [{"mode": mode, "days": days, "years": null}]}]}

google(retention) := {"address": "google_storage_bucket.a", "values": {"retention_policy": [retention]}}

account(state) := {
	"address": "azurerm_storage_account.a",
	"values": {"immutability_policy": [{"state": state, "period_since_creation_in_days": 1}]},
}

container := {
	"address": "azurerm_storage_container.a",
	"references": {"storage_account_id": ["azurerm_storage_account.a.id"]},
}

policy(locked) := {
	"address": "azurerm_storage_container_immutability_policy.a",
	"values": {"immutability_period_in_days": 1, "locked": locked},
	"references": {container_path: ["azurerm_storage_container.a.id"]},
}

container_path := "storage_container_resource_manager_id"

defaults := {"minimum_days": 1, "modes": ["locked"]}

clean(found) if {
	found.findings == set()
	found.undetermined == set()
}

codes(resources) := {[f.resource, f.code] | some f in decided(resources).findings}

undetermined(resources) := {u.resource | some u in decided(resources).undetermined}

decided(resources) := decided_with(resources, defaults)

decided_with(resources, parameters) := answer if {
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as made(resources, parameters)
}

made(resources, parameters) := terraform.plan_for(resources, {"data": {"bucket_immutability": parameters}})
