package policyctl.controls.data.bucket_public_access

import data.policyctl.lib.buckets
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains bucket.address if some bucket in _buckets

resources contains block.address if some block in _blocks

resources contains grant.address if some grant in _grants

# METADATA
# description: An S3 bucket has no public access block.
findings contains finding if {
	some bucket in terraform.planned("aws_s3_bucket")
	count(buckets.blocks_of(bucket)) == 0
	buckets.perhaps_blocked(bucket) == false

	finding := {
		"code": "no_block",
		"resource": bucket.address,
		"message": "the bucket has no public access block",
		"path": ["values"],
	}
}

# METADATA
# description: A switch of a public access block is off.
findings contains finding if {
	some block in _blocks
	some switch in buckets.block_switches
	settings.one_of(block, switch, {true}) == "no"

	finding := {
		"code": "block_open",
		"resource": block.address,
		"message": sprintf("%s is not on", [switch]),
		"path": settings.place(switch),
	}
}

# METADATA
# description: A Google bucket or an Azure account allows that something in it is made public.
findings contains finding if {
	some type, setting in _settings
	some bucket in terraform.planned(type)
	buckets.closed(bucket) == "no"

	finding := {
		"code": "public_access_allowed",
		"resource": bucket.address,
		"message": "public access to what it holds is not prevented",
		"path": settings.place(setting),
	}
}

# METADATA
# description: Access is granted to everybody, and no block of the plan makes the grant void.
findings contains finding if {
	some grant in _grants
	buckets.public(grant) == "yes"
	not _void(grant)

	finding := {
		"code": "public_grant",
		"resource": grant.address,
		"message": "access is granted to everybody",
		"path": ["values"],
	}
}

# METADATA
# description: Whether a block is the bucket's own is known only after apply.
undetermined contains entry if {
	some bucket in terraform.planned("aws_s3_bucket")
	count(buckets.blocks_of(bucket)) == 0
	buckets.perhaps_blocked(bucket) == true

	entry := {
		"resource": bucket.address,
		"path": ["values"],
		"reason": "the plan does not tell whether a public access block is this bucket's",
	}
}

# METADATA
# description: A switch of a public access block is known only after apply.
undetermined contains entry if {
	some block in _blocks
	some switch in buckets.block_switches
	settings.one_of(block, switch, {true}) == "untold"

	entry := {
		"resource": block.address,
		"path": settings.place(switch),
		"reason": sprintf("%s is known only after apply", [switch]),
	}
}

# METADATA
# description: Whether public access is prevented is known only after apply.
undetermined contains entry if {
	some type, setting in _settings
	some bucket in terraform.planned(type)
	buckets.closed(bucket) == "untold"

	entry := {
		"resource": bucket.address,
		"path": settings.place(setting),
		"reason": "whether public access is prevented is known only after apply",
	}
}

# METADATA
# description: To whom access is granted is not known, and no block of the plan makes the grant void.
undetermined contains entry if {
	some grant in _grants
	buckets.public(grant) == "untold"
	not _void(grant)

	entry := {
		"resource": grant.address,
		"path": ["values"],
		"reason": "the plan does not tell to whom access is granted",
	}
}

_void(grant) if {buckets.closed(bucket) | some bucket in buckets.granted_on(grant)} == {"yes"}

_buckets contains bucket if {
	some type in {"aws_s3_bucket", "azurerm_storage_account", "google_storage_bucket"}
	some bucket in terraform.planned(type)
}

_blocks := terraform.planned("aws_s3_bucket_public_access_block")

_grants contains grant if {
	some type, _ in buckets.grants
	some grant in terraform.planned(type)
}

_settings := {
	"azurerm_storage_account": "allow_nested_items_to_be_public",
	"google_storage_bucket": "public_access_prevention",
}
