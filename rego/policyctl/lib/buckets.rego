# METADATA
# scope: package
# description: |
#   Buckets, what says who may use them, and where their settings stand. No control logic. Answers are those of
#   lib.settings: "yes", "no", "untold".
package policyctl.lib.buckets

import data.policyctl.lib.exposure
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

# METADATA
# description: |
#   Whether the plan shows that nothing in the bucket can be public, whatever ACLs, policies and members say.
closed(bucket) := _closed_s3(bucket) if {
	bucket.type == "aws_s3_bucket"
} else := settings.one_of(bucket, "public_access_prevention", {"enforced"}) if {
	bucket.type == "google_storage_bucket"
} else := "yes" if {
	some path, good in _azure_switches
	settings.one_of(bucket, path, good) == "yes"
} else := "untold" if {
	some path, good in _azure_switches
	settings.one_of(bucket, path, good) == "untold"
} else := "no"

# METADATA
# description: The switches of an aws_s3_bucket_public_access_block.
block_switches := {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}

# METADATA
# description: The blocks that the plan attaches to an S3 bucket for certain.
blocks_of(bucket) := terraform.referring(bucket, _blocks, {"bucket"})

# METADATA
# description: Whether a block may be attached to an S3 bucket, which the plan does not tell.
perhaps_blocked(bucket) if {
	apart(bucket, _blocks, {"bucket"}) == "untold"
} else := false

# METADATA
# description: |
#   Whether something is said of a bucket by a resource of its own: one of the given types that names the bucket at one of the paths.
apart(bucket, types, paths) := "yes" if {
	count(terraform.referring(bucket, types, paths)) > 0
} else := "untold" if {
	count(terraform.perhaps_referring(bucket, types, paths)) > 0
} else := "untold" if {
	count(terraform.unattached(types, paths)) > 0
} else := "no"

# METADATA
# description: |
#   Whether a setting of an S3 bucket is made: by a resource of the given types, which is judged by itself, or by the block
#   inside the bucket, of which the caller tells whether it is good. The provider reads that block back, so that on a bucket
#   that is there already it may show what a resource set which this plan deletes.
made(bucket, types, inside) := "yes" if {
	apart(bucket, types, {"bucket"}) == "yes"
} else := "untold" if {
	inside == "yes"
	not _is_new(bucket)
	some type in types
	count(terraform.deleted(type)) > 0
} else := inside if {
	inside in {"yes", "untold"}
} else := apart(bucket, types, {"bucket"})

# METADATA
# description: Types that grant access, each with the paths at which it names its bucket or account.
grants := {
	"aws_s3_bucket_acl": {"bucket"},
	"aws_s3_bucket_policy": {"bucket"},
	"azurerm_storage_container": {"storage_account_id", "storage_account_name"},
	"google_storage_bucket_access_control": {"bucket"},
	"google_storage_bucket_iam_binding": {"bucket"},
	"google_storage_bucket_iam_member": {"bucket"},
}

# METADATA
# description: The planned buckets and accounts that a grant names for certain.
granted_on(grant) := {bucket |
	some path in grants[grant.type]
	some bucket in terraform.sources(grant, path, {"aws_s3_bucket", "azurerm_storage_account", "google_storage_bucket"})
}

# METADATA
# description: Whether a grant is one to everybody. What it grants to whom must be known for a "no".
public(grant) := _public_acl(grant) if {
	grant.type == "aws_s3_bucket_acl"
} else := exposure.policy(grant, "policy") if {
	grant.type == "aws_s3_bucket_policy"
} else := _public_container(grant) if {
	grant.type == "azurerm_storage_container"
} else := exposure.member(grant, "entity") if {
	grant.type == "google_storage_bucket_access_control"
} else := exposure.member(grant, "member") if {
	grant.type == "google_storage_bucket_iam_member"
} else := exposure.members(grant, "members")

_closed_s3(bucket) := "yes" if {
	some block in blocks_of(bucket)
	{settings.one_of(block, switch, {true}) | some switch in block_switches} == {"yes"}
} else := "untold" if {
	some block in blocks_of(bucket)
	told := {settings.one_of(block, switch, {true}) | some switch in block_switches}
	not "no" in told
} else := "untold" if {
	perhaps_blocked(bucket) == true
} else := "no"

_is_new(bucket) if bucket.action in {"create", "replace"}

_blocks := {"aws_s3_bucket_public_access_block"}

# Any of them is enough: no anonymous access to items (by its name before version 3, too), or none from public networks.
_azure_switches := {
	"allow_nested_items_to_be_public": {false},
	"allow_blob_public_access": {false},
	"public_network_access_enabled": {false},
}

_public_container(container) := "untold" if {
	settings.text(container, "container_access_type") != "yes"
} else := settings.one_of(container, "container_access_type", {"blob", "container"})

_public_acl(acl) := "yes" if {
	settings.one_of(acl, "acl", {"public-read", "public-read-write", "authenticated-read"}) == "yes"
} else := "yes" if {
	some path, _ in _grantees(acl)
	settings.one_of(acl, sprintf("%s.uri", [path]), _groups_of_everybody) == "yes"
} else := "no" if {
	settings.text(acl, "acl") == "yes"
} else := "no" if {
	count(_grantees(acl)) > 0
	every path, _ in _grantees(acl) {
		settings.one_of(acl, sprintf("%s.type", [path]), {"CanonicalUser", "AmazonCustomerByEmail", "Group"}) == "yes"
	}
} else := "untold"

_grantees(acl) := {path: grantee |
	some granted, _ in settings.blocks(acl, "access_control_policy.0.grant")
	some path, grantee in settings.blocks(acl, sprintf("%s.grantee", [granted]))
}

_groups_of_everybody := {
	"http://acs.amazonaws.com/groups/global/AllUsers",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
}
