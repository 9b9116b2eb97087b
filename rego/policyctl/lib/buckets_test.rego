package policyctl.lib.buckets_test

import data.policyctl.lib.buckets
import data.policyctl.testing.terraform

test_a_canned_acl_for_everybody_is_public if {
	every acl in ["public-read", "public-read-write", "authenticated-read"] {
		answer("aws_s3_bucket_acl", {"acl": acl}) == "yes"
	}
	answer("aws_s3_bucket_acl", {"acl": "private"}) == "no"
	answer("aws_s3_bucket_acl", {}) == "untold"
	answer("aws_s3_bucket_acl", {"acl": 7}) == "untold"
}

test_a_granted_group_of_everybody_is_public if {
	everybody := {"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AllUsers"}
	owner := {"type": "CanonicalUser", "id": "x"}
	answer("aws_s3_bucket_acl", granted([owner, everybody])) == "yes"
	answer("aws_s3_bucket_acl", granted([owner])) == "no"
	answer("aws_s3_bucket_acl", granted([owner, {}])) == "untold"
	answer("aws_s3_bucket_acl", granted([])) == "untold"
}

test_a_policy_for_everybody_is_public if {
	answer("aws_s3_bucket_policy", {"policy": `{"Statement": {"Effect": "Allow", "Principal": "*"}}`}) == "yes"
	answer("aws_s3_bucket_policy", {"policy": `{"Statement": {"Effect": "Deny", "Principal": "*"}}`}) == "no"
	answer("aws_s3_bucket_policy", {}) == "untold"
}

test_google_members_of_everybody_are_public if {
	every member in ["allUsers", "allAuthenticatedUsers"] {
		answer("google_storage_bucket_iam_member", {"member": member}) == "yes"
		answer("google_storage_bucket_access_control", {"entity": member}) == "yes"
		answer("google_storage_bucket_iam_binding", {"members": ["user:x", member]}) == "yes"
	}
	answer("google_storage_bucket_iam_member", {"member": "user:x"}) == "no"
	answer("google_storage_bucket_iam_binding", {"members": ["user:x"]}) == "no"
	answer("google_storage_bucket_iam_binding", {}) == "untold"
}

test_an_azure_container_is_public_where_its_access_type_says_so if {
	answer("azurerm_storage_container", {"container_access_type": "blob"}) == "yes"
	answer("azurerm_storage_container", {"container_access_type": "container"}) == "yes"
	answer("azurerm_storage_container", {"container_access_type": "private"}) == "no"
	answer("azurerm_storage_container", {}) == "untold"
}

test_a_setting_of_a_bucket_may_stand_apart if {
	bucket := {"address": "aws_s3_bucket.a"}
	apart([bucket, versioning(["aws_s3_bucket.a.id"])]) == "yes"
	apart([bucket, object.union(versioning(["local.name"]), {"unknown": ["bucket"]})]) == "untold"
	apart([bucket, versioning(["aws_s3_bucket.b.id"])]) == "no"
	apart([bucket, object.union(versioning(["aws_s3_bucket.a.id"]), {"action": "delete"})]) == "no"
}

test_the_block_inside_a_bucket_is_asked_where_nothing_stands_apart if {
	bucket := {"address": "aws_s3_bucket.a", "action": "no-op"}
	every answer in ["yes", "untold", "no"] {
		made([bucket], answer) == answer
		made([bucket, versioning(["aws_s3_bucket.a.id"])], answer) == "yes"
	}
	elsewhere := object.union(versioning(["local.name"]), {"unknown": ["bucket"]})
	made([bucket, elsewhere], "yes") == "yes"
	made([bucket, elsewhere], "no") == "untold"
}

test_the_block_inside_a_bucket_may_show_what_the_plan_deletes if {
	gone := {"address": "aws_s3_bucket_versioning.a", "action": "delete"}
	every action in ["no-op", "update", "read"] {
		made([{"address": "aws_s3_bucket.a", "action": action}, gone], "yes") == "untold"
		made([{"address": "aws_s3_bucket.a", "action": action}, gone], "no") == "no"
	}
	every action in ["create", "replace"] {
		made([{"address": "aws_s3_bucket.a", "action": action}, gone], "yes") == "yes"
	}
}

versioning(names) := {"address": "aws_s3_bucket_versioning.a", "references": {"bucket": names}}

apart(resources) := answer if {
	plan := terraform.plan(resources)
	answer := buckets.apart(plan.facts.resources.aws_s3_bucket[0], {"aws_s3_bucket_versioning"}, {"bucket"}) with input as plan
}

made(resources, inside) := answer if {
	plan := terraform.plan(resources)
	answer := buckets.made(plan.facts.resources.aws_s3_bucket[0], {"aws_s3_bucket_versioning"}, inside) with input as plan
}

answer(type, values) := buckets.public(terraform.plan([{
	"address": sprintf("%s.a", [type]),
	"values": values,
}]).facts.resources[type][0])

granted(grantees) := {"access_control_policy": [{"grant": [{"permission": "READ", "grantee": [grantee]} |
	some grantee in grantees
]}]}
