package policyctl.controls.data.bucket_versioning

import data.policyctl.lib.buckets
import data.policyctl.lib.retention
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains bucket.address if {
	some type, _ in _switches
	some bucket in terraform.planned(type)
}

resources contains versioning.address if some versioning in _versionings

# METADATA
# description: Versioning is not on.
findings contains finding if {
	some type, switch in _switches
	some bucket in terraform.planned(type)
	_on(bucket, switch) == "no"

	finding := {
		"code": "not_versioned",
		"resource": bucket.address,
		"message": "earlier versions of what it holds are not kept",
		"path": settings.place(switch),
	}
}

# METADATA
# description: The versioning of an S3 bucket stands in a resource of its own, and is suspended or disabled there.
findings contains finding if {
	some versioning in _versionings
	settings.one_of(versioning, _status, {"Enabled"}) == "no"

	finding := {
		"code": "suspended",
		"resource": versioning.address,
		"message": "versioning is not shown to be enabled",
		"path": settings.place(_status),
	}
}

# METADATA
# description: Whether versioning is on is known only after apply.
undetermined contains entry if {
	some type, switch in _switches
	some bucket in terraform.planned(type)
	_on(bucket, switch) == "untold"

	entry := {
		"resource": bucket.address,
		"path": settings.place(switch),
		"reason": "the plan does not tell whether versioning is on",
	}
}

# METADATA
# description: The status is known only after apply.
undetermined contains entry if {
	some versioning in _versionings
	settings.one_of(versioning, _status, {"Enabled"}) == "untold"

	entry := {
		"resource": versioning.address,
		"path": settings.place(_status),
		"reason": "the status of versioning is known only after apply",
	}
}

# S3 switches versioning on where a bucket is made with object lock, and then lets nobody suspend it.
_on(bucket, switch) := "yes" if {
	bucket.type == "aws_s3_bucket"
	retention.by_object(bucket) == true
} else := "untold" if {
	bucket.type == "aws_s3_bucket"
	settings.one_of(bucket, "object_lock_enabled", {true}) == "untold"
} else := buckets.made(bucket, {"aws_s3_bucket_versioning"}, settings.one_of(bucket, switch, {true})) if {
	bucket.type == "aws_s3_bucket"
} else := settings.one_of(bucket, switch, {true})

_versionings := terraform.planned("aws_s3_bucket_versioning")

_status := "versioning_configuration.0.status"

# On S3 this is the block inside the bucket, which the provider reads up to version 3.
_switches := {
	"aws_s3_bucket": "versioning.0.enabled",
	"azurerm_storage_account": "blob_properties.0.versioning_enabled",
	"google_storage_bucket": "versioning.0.enabled",
}
