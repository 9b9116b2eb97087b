package policyctl.controls.data.bucket_public_access_test

import data.policyctl.controls.data.bucket_public_access as control
import data.policyctl.testing.terraform

test_a_bucket_with_a_closed_block_passes if {
	found := decided([bucket, block({})])
	found.resources == {bucket.address, block({}).address}
	clean(found)
}

test_a_bucket_without_a_block_fails if {
	codes([bucket]) == {"no_block"}
	codes([bucket, object.union(block({}), {"action": "delete"})]) == {"no_block"}
	codes([bucket, object.union(block({}), {"references": {"bucket": ["aws_s3_bucket.other.id"]}})]) == {"no_block"}
}

test_each_switch_that_is_not_on_is_a_finding if {
	every switch in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] {
		every off in [false, null, "true", [true], 1] {
			found := decided([bucket, block({switch: off})])
			{[f.code, f.path] | some f in found.findings} == {["block_open", ["values", switch]]}
		}
	}
	count(decided([bucket, emptied]).findings) == 4
}

test_a_switch_known_only_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		found := decided([bucket, object.union(block({}), {state: ["ignore_public_acls"]})])
		found.findings == set()
		{u.resource | some u in found.undetermined} == {"aws_s3_bucket_public_access_block.a"}
	}
}

test_a_block_whose_bucket_is_not_known_leaves_buckets_undetermined if {
	elsewhere := object.union(unattached, {"references": {"bucket": ["local.bucket"]}, "unknown": ["bucket"]})
	undetermined([bucket, elsewhere]) == {bucket.address}
	codes([bucket, elsewhere, acl("public-read")]) == {"public_grant"}
	perhaps := json.patch(terraform.plan([bucket, block({})]), [{
		"op": "add",
		"path": "/facts/referenced_by/aws_s3_bucket.a/0/ambiguous",
		"value": true,
	}])
	{u.resource | some u in control.undetermined} == {bucket.address} with input as perhaps
	control.findings == set() with input as perhaps
}

test_a_public_grant_is_named_where_no_block_makes_it_void if {
	codes([bucket, block({}), acl("public-read")]) == set()
	codes([bucket, block({"ignore_public_acls": false}), acl("public-read")]) == {"block_open", "public_grant"}
	codes([bucket, acl("public-read")]) == {"no_block", "public_grant"}
	codes([object.union(acl("public-read"), {"references": {}})]) == {"public_grant"}
	codes([acl("private")]) == set()
	codes([object.union(acl("public-read"), {"action": "delete"})]) == set()
}

test_a_policy_known_only_after_apply_is_undetermined_unless_a_block_makes_it_void if {
	policy := {
		"address": "aws_s3_bucket_policy.a",
		"unknown": ["policy"],
		"references": {"bucket": ["aws_s3_bucket.a.id"]},
	}
	clean(decided([bucket, block({}), policy]))
	undetermined([policy]) == {policy.address}
	half := object.union(block({}), {"unknown": ["restrict_public_buckets"]})
	undetermined([bucket, half, policy]) == {policy.address, half.address}
}

test_a_google_bucket_prevents_public_access if {
	google := {"address": "google_storage_bucket.a"}
	clean(decided([object.union(google, {"values": {"public_access_prevention": "enforced"}})]))
	codes([object.union(google, {"values": {"public_access_prevention": "inherited"}})]) == {"public_access_allowed"}
	codes([google]) == {"public_access_allowed"}
	undetermined([object.union(google, {"unknown": ["public_access_prevention"]})]) == {google.address}
}

test_a_member_of_everybody_is_void_where_the_bucket_prevents_it if {
	member := {
		"address": "google_storage_bucket_iam_member.a",
		"values": {"member": "allUsers"},
		"references": {"bucket": ["google_storage_bucket.a.name"]},
	}
	held := {"address": "google_storage_bucket.a", "values": {"public_access_prevention": "enforced"}}
	codes([held, member]) == set()
	codes([{"address": "google_storage_bucket.a"}, member]) == {"public_access_allowed", "public_grant"}
}

test_an_azure_account_is_closed_by_any_of_its_switches if {
	account := {"address": "azurerm_storage_account.a"}
	every good in ["allow_nested_items_to_be_public", "allow_blob_public_access", "public_network_access_enabled"] {
		clean(decided([object.union(account, {"values": {good: false}})]))
		codes([object.union(account, {"values": {good: true}})]) == {"public_access_allowed"}
	}
	codes([account]) == {"public_access_allowed"}
	codes([object.union(account, {"values": {"allow_nested_items_to_be_public": "false"}})]) == {"public_access_allowed"}
	undetermined([object.union(account, {"unknown": ["allow_nested_items_to_be_public"]})]) == {account.address}
}

test_a_public_container_is_void_in_a_closed_account if {
	container := {
		"address": "azurerm_storage_container.a",
		"values": {"container_access_type": "blob"},
		"references": {"storage_account_id": ["azurerm_storage_account.a.id"]},
	}
	closed := {"address": "azurerm_storage_account.a", "values": {"allow_nested_items_to_be_public": false}}
	codes([closed, container]) == set()
	codes([container]) == {"public_grant"}
}

test_a_deleted_bucket_is_not_looked_at if {
	decided([object.union(bucket, {"action": "delete"})]).resources == set()
	clean(decided([object.union(bucket, {"action": "delete"})]))
}

test_what_is_looked_at_is_named if {
	control.resources == {"aws_s3_bucket_acl.a"} with input as terraform.plan([acl("private")])
	control.resources == {"google_storage_bucket.a"} with input as terraform.plan([{"address": "google_storage_bucket.a"}])
	control.resources == {"azurerm_storage_account.a"} with input as terraform.plan([{"address": "azurerm_storage_account.a"}])
}

test_each_finding_is_told_in_full if {
	control.findings == {
		{
			"code": "no_block",
			"resource": "aws_s3_bucket.a",
			"message": "the bucket has no public access block",
			"path": ["values"],
		},
		{
			"code": "public_grant",
			"resource": "aws_s3_bucket_acl.a",
			"message": "access is granted to everybody",
			"path": ["values"],
		},
	} with input as terraform.plan([bucket, acl("public-read")])
	control.findings == {{
		"code": "public_access_allowed",
		"resource": "google_storage_bucket.a",
		"message": "public access to what it holds is not prevented",
		"path": ["values", "public_access_prevention"],
	}} with input as terraform.plan([{"address": "google_storage_bucket.a"}])
	control.findings == {{
		"code": "block_open",
		"resource": "aws_s3_bucket_public_access_block.a",
		"message": "block_public_acls is not on",
		"path": ["values", "block_public_acls"],
	}} with input as terraform.plan([bucket, block({"block_public_acls": 1})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == set() with input as terraform.plan([bucket, acl("public-read")])
	control.undetermined == {
		{
			"resource": "aws_s3_bucket_policy.a",
			"path": ["values"],
			"reason": "the plan does not tell to whom access is granted",
		},
		{
			"resource": "aws_s3_bucket_public_access_block.a",
			"path": ["values", "restrict_public_buckets"],
			"reason": "restrict_public_buckets is known only after apply",
		},
	} with input as terraform.plan([bucket, object.union(block({}), {"unknown": ["restrict_public_buckets"]}), {
		"address": "aws_s3_bucket_policy.a",
		"unknown": ["policy"],
		"references": {"bucket": ["aws_s3_bucket.a.id"]},
	}])
	control.undetermined == {{
		"resource": "aws_s3_bucket.a",
		"path": ["values"],
		"reason": "the plan does not tell whether a public access block is this bucket's",
	}} with input as terraform.plan([bucket, object.union(unattached, {"references": {"bucket": ["local.bucket"]}, "unknown": ["bucket"]})])
	control.undetermined == {{
		"resource": "azurerm_storage_account.a",
		"path": ["values", "allow_nested_items_to_be_public"],
		"reason": "whether public access is prevented is known only after apply",
	}} with input as terraform.plan([object.union({"address": "azurerm_storage_account.a"}, {"unknown": ["allow_nested_items_to_be_public"]})])
}

bucket := {"address": "aws_s3_bucket.a"}

unattached := {
	"address": "aws_s3_bucket_public_access_block.a",
	"values": {
		"block_public_acls": true,
		"block_public_policy": true,
		"ignore_public_acls": true,
		"restrict_public_buckets": true,
	},
}

block(changes) := object.union(unattached, {
	"values": changes,
	"references": {"bucket": ["aws_s3_bucket.a.id"]},
})

emptied := {
	"address": "aws_s3_bucket_public_access_block.a",
	"references": {"bucket": ["aws_s3_bucket.a.id"]},
}

acl(canned) := {
	"address": "aws_s3_bucket_acl.a",
	"values": {"acl": canned},
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
