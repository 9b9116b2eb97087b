# METADATA
# scope: package
# description: |
#   Buckets and what says who may use them. No control logic. Answers are those of lib.settings: "yes", "no",
#   "untold".
package policyctl.lib.buckets

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
	count(terraform.perhaps_referring(bucket, _blocks, {"bucket"})) > 0
} else if {
	count(terraform.unattached(_blocks, {"bucket"})) > 0
} else := false

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
} else := _public_policy(grant) if {
	grant.type == "aws_s3_bucket_policy"
} else := _among(grant, "container_access_type", {"blob", "container"}) if {
	grant.type == "azurerm_storage_container"
} else := _among(grant, "entity", _everybody) if {
	grant.type == "google_storage_bucket_access_control"
} else := _among(grant, "member", _everybody) if {
	grant.type == "google_storage_bucket_iam_member"
} else := _public_members(grant)

_closed_s3(bucket) := "yes" if {
	some block in blocks_of(bucket)
	{settings.one_of(block, switch, {true}) | some switch in block_switches} == {"yes"}
} else := "untold" if {
	some block in blocks_of(bucket)
	told := {settings.one_of(block, switch, {true}) | some switch in block_switches}
	not "no" in told
} else := "untold" if {
	count(blocks_of(bucket)) == 0
	perhaps_blocked(bucket) == true
} else := "no"

_blocks := {"aws_s3_bucket_public_access_block"}

# Any of them is enough: no anonymous access to items (by its name before version 3, too), or none from public networks.
_azure_switches := {
	"allow_nested_items_to_be_public": {false},
	"allow_blob_public_access": {false},
	"public_network_access_enabled": {false},
}

_among(grant, path, words) := "untold" if {
	settings.text(grant, path) != "yes"
} else := settings.one_of(grant, path, words)

_public_members(binding) := "yes" if {
	some member in terraform.value(binding, "members")
	member in _everybody
} else := "no" if {
	terraform.state(binding, "members") == "known"
	members := terraform.value(binding, "members")
	is_array(members)
	every member in members { is_string(member) }
} else := "untold"

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

_public_policy(policy) := "untold" if {
	settings.text(policy, "policy") != "yes"
} else := "untold" if {
	json.is_valid(policy.values.policy) == false
} else := "yes" if {
	some statement in _statements(policy)
	statement.Effect == "Allow"
	_for_everybody(statement)
	object.get(statement, "Condition", {}) in {null, {}}
} else := "no" if {
	count(_statements(policy)) > 0
	every statement in _statements(policy) { _told(statement) }
} else := "untold"

_statements(policy) := {statement | some statement in stated} if {
	stated := json.unmarshal(policy.values.policy).Statement
	is_array(stated)
} else := {stated} if {
	stated := json.unmarshal(policy.values.policy).Statement
	is_object(stated)
} else := set()

_told(statement) if statement.Effect == "Deny"

_told(statement) if {
	statement.Effect == "Allow"
	is_object(statement.Principal)
	count(statement.Principal) > 0
	not _for_everybody(statement)
}

_for_everybody(statement) if statement.Principal == "*"

_for_everybody(statement) if {
	some _, principal in statement.Principal
	principal == "*"
}

_for_everybody(statement) if {
	some _, principals in statement.Principal
	"*" in principals
}

_for_everybody(statement) if statement.NotPrincipal

_everybody := {"allUsers", "allAuthenticatedUsers"}

_groups_of_everybody := {
	"http://acs.amazonaws.com/groups/global/AllUsers",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
}
