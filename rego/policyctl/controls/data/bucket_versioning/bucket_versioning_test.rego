package policyctl.controls.data.bucket_versioning_test

import data.policyctl.controls.data.bucket_versioning as control
import data.policyctl.testing.terraform

test_a_bucket_with_enabled_versioning_passes if {
	found := decided([bucket, versioning("Enabled")])
	found.resources == {bucket.address, versioning("Enabled").address}
	clean(found)
}

test_a_bucket_without_versioning_fails if {
	codes([bucket]) == {"not_versioned"}
	codes([bucket, object.union(versioning("Enabled"), {"action": "delete"})]) == {"not_versioned"}
	codes([bucket, object.union(detached, {"references": {"bucket": ["aws_s3_bucket.b.id"]}})]) == {"not_versioned"}
}

test_versioning_that_is_not_enabled_fails if {
	every status in ["Suspended", "Disabled", "enabled", "", null, true, ["Enabled"]] {
		codes([bucket, versioning(status)]) == {"suspended"}
	}
	codes([{"address": "aws_s3_bucket_versioning.a"}]) == {"suspended"}
}

test_a_status_known_only_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		hidden := object.union(versioning(""), {state: ["versioning_configuration.0.status"]})
		undetermined([bucket, hidden]) == {hidden.address}
		codes([bucket, hidden]) == set()
	}
}

test_versioning_of_a_bucket_that_is_not_known_leaves_buckets_undetermined if {
	elsewhere := object.union(detached, {"unknown": ["bucket"]})
	undetermined([bucket, elsewhere]) == {bucket.address}
	perhaps := json.patch(terraform.plan([bucket, versioning("Enabled")]), [{
		"op": "add",
		"path": "/facts/referenced_by/aws_s3_bucket.a/0/ambiguous",
		"value": true,
	}])
	{u.resource | some u in control.undetermined} == {bucket.address} with input as perhaps
	control.findings == set() with input as perhaps
}

test_the_block_inside_a_bucket_is_read if {
	clean(decided([object.union(bucket, {"values": {"versioning": [{"enabled": true}]}})]))
	codes([object.union(bucket, {"values": {"versioning": [{"enabled": false}]}})]) == {"not_versioned"}
	codes([object.union(bucket, {"computed": ["versioning"]})]) == {"not_versioned"}
}

test_what_was_read_back_may_go_with_the_versioning_that_the_plan_deletes if {
	there := object.union(bucket, {"action": "no-op", "values": {"versioning": [{"enabled": true}]}})
	gone := {"address": "aws_s3_bucket_versioning.a", "action": "delete"}
	clean(decided([there]))
	undetermined([there, gone]) == {bucket.address}
	clean(decided([object.union(there, {"action": "create"}), gone]))
}

test_a_bucket_with_object_lock_is_versioned if {
	locked := {"object_lock_enabled": true, "versioning": [{"enabled": false}]}
	clean(decided([object.union(bucket, {"values": locked})]))
	codes([object.union(bucket, {"values": {"object_lock_enabled": "true"}})]) == {"not_versioned"}
	undetermined([object.union(bucket, {"unknown": ["object_lock_enabled"]})]) == {bucket.address}
	codes([object.union(bucket, {"computed": ["object_lock_enabled"]})]) == {"not_versioned"}
	codes([{"address": "google_storage_bucket.a", "values": {"enable_object_retention": true}}]) == {"not_versioned"}
}

test_a_google_bucket_is_versioned_by_its_block if {
	google := {"address": "google_storage_bucket.a"}
	clean(decided([object.union(google, {"values": {"versioning": [{"enabled": true}]}})]))
	codes([object.union(google, {"values": {"versioning": [{"enabled": "true"}]}})]) == {"not_versioned"}
	codes([object.union(google, {"values": {"versioning": []}})]) == {"not_versioned"}
	undetermined([object.union(google, {"unknown": ["versioning"]})]) == {google.address}
}

test_an_azure_account_is_versioned_by_its_blob_properties if {
	account := {"address": "azurerm_storage_account.a"}
	clean(decided([object.union(account, {"values": {"blob_properties": [{"versioning_enabled": true}]}})]))
	codes([object.union(account, {"values": {"blob_properties": [{"versioning_enabled": false}]}})]) == {"not_versioned"}
	codes([account]) == {"not_versioned"}
	unrelated := object.union(detached, {"unknown": ["bucket"]})
	codes([account, unrelated]) == {"not_versioned"}
}

test_a_deleted_bucket_is_not_looked_at if {
	found := decided([object.union(bucket, {"action": "delete"})])
	found.resources == set()
	clean(found)
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "not_versioned",
		"resource": "aws_s3_bucket.a",
		"message": "earlier versions of what it holds are not kept",
		"path": ["values", "versioning", 0, "enabled"],
	}} with input as terraform.plan([bucket])
	control.findings == {{
		"code": "suspended",
		"resource": "aws_s3_bucket_versioning.a",
		"message": "versioning is not shown to be enabled",
		"path": ["values", "versioning_configuration", 0, "status"],
	}} with input as terraform.plan([bucket, versioning("")])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_s3_bucket.a",
		"path": ["values", "versioning", 0, "enabled"],
		"reason": "the plan does not tell whether versioning is on",
	}} with input as terraform.plan([bucket, object.union(detached, {"unknown": ["bucket"]})])
	control.undetermined == {{
		"resource": "aws_s3_bucket_versioning.a",
		"path": ["values", "versioning_configuration", 0, "status"],
		"reason": "the status of versioning is known only after apply",
	}} with input as terraform.plan([bucket, object.union(versioning(""), {"masked": ["versioning_configuration.0.status"]})])
}

bucket := {"address": "aws_s3_bucket.a"}

detached := {
	"address": "aws_s3_bucket_versioning.a",
	"values": {"versioning_configuration": [{"status": "Enabled"}]},
}

versioning(status) := {
	"address": "aws_s3_bucket_versioning.a",
	"values": {"versioning_configuration": [{"status": status}]},
	"references": {"bucket": ["aws_s3_bucket.a.id"]},
}

clean(found) if {
	found.findings == set()
	found.undetermined == set()
}

codes(resources) := {f.code | some f in decided(resources).findings}

undetermined(resources) := {u.resource | some u in decided(resources).undetermined}

decided(resources) := answer if {
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as terraform.plan(resources)
}
