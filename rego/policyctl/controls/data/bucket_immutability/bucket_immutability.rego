package policyctl.controls.data.bucket_immutability

import data.policyctl.lib.buckets
import data.policyctl.lib.retention
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains holder.address if some holder in _holders

# METADATA
# description: No retention is set for what the bucket holds.
findings contains finding if {
	some holder in _holders
	_kept(holder) == "no"
	retention.by_object(holder) == false

	finding := {
		"code": "no_retention",
		"resource": holder.address,
		"message": "what it holds can be changed or deleted at any time",
		"path": _place(holder),
	}
}

# METADATA
# description: Single objects can be locked, and no retention is set for all of them.
findings contains finding if {
	some holder in _holders
	_kept(holder) == "no"
	retention.by_object(holder) == true

	finding := {
		"code": "no_default",
		"resource": holder.address,
		"message": "objects can be locked, but no default retention locks them",
		"path": _place(holder),
	}
}

# METADATA
# description: The retention ends too soon.
findings contains finding if {
	some holder in _holders
	_own(holder) == "yes"
	retention.lasts(holder, _parameters.minimum_days) == "no"
	some path in retention.lengths(holder)

	finding := {
		"code": "too_short",
		"resource": holder.address,
		"message": sprintf("the retention is shorter than minimum_days (%v)", [_parameters.minimum_days]),
		"path": settings.place(path),
	}
}

# METADATA
# description: Somebody can shorten or lift the retention.
findings contains finding if {
	some holder in _holders
	_own(holder) == "yes"
	_locked(holder) == "no"

	finding := {
		"code": "can_be_lifted",
		"resource": holder.address,
		"message": "whoever has the permission can shorten or lift the retention",
		"path": settings.place(retention.lock(holder)),
	}
}

# METADATA
# description: Whether there is a retention is known only after apply, or stands where the plan does not show whose it is.
undetermined contains entry if {
	some holder in _holders
	_kept(holder) == "untold"

	entry := {
		"resource": holder.address,
		"path": _place(holder),
		"reason": "the plan does not tell whether a retention is set",
	}
}

# METADATA
# description: Whether the retention is locked, or long enough, is known only after apply.
undetermined contains entry if {
	some holder in _holders
	_own(holder) == "yes"
	"untold" in {retention.lasts(holder, _parameters.minimum_days), _locked(holder)}

	entry := {
		"resource": holder.address,
		"path": _place(holder),
		"reason": "how long the retention is, or whether it can be lifted, is known only after apply",
	}
}

_holders contains holder if {
	some type in (retention.types | {_container})
	some holder in terraform.planned(type)
}

# Whether what it holds is kept, by its own word or by that of a resource that is judged by itself.
_kept(holder) := buckets.made(holder, {_lock}, retention.in_force(holder)) if {
	holder.type == "aws_s3_bucket"
} else := _container_kept(holder) if {
	holder.type == _container
} else := buckets.apart(holder, {_container}, _account_paths) if {
	holder.type == "azurerm_storage_account"
	retention.in_force(holder) == "no"
} else := retention.in_force(holder)

# A policy of the container's own goes before that of its account, which is not known where the account is none of the plan's.
_container_kept(container) := "yes" if {
	_policed(container) == "yes"
} else := "yes" if {
	_accounts_keep(container) == {"yes"}
} else := _policed(container) if {
	_accounts_keep(container) == {"no"}
} else := "untold"

_accounts_keep(container) := {retention.in_force(account) |
	some path in _account_paths
	some account in terraform.sources(container, path, {"azurerm_storage_account"})
}

_policed(container) := buckets.apart(
	container,
	{"azurerm_storage_container_immutability_policy"},
	{"storage_container_resource_manager_id"},
)

# Whether its own retention counts. Beside a resource of its own, the block inside an S3 bucket only repeats what was read back.
_own(holder) := "no" if {
	holder.type == "aws_s3_bucket"
	buckets.apart(holder, {_lock}, {"bucket"}) == "yes"
} else := retention.in_force(holder)

_locked(holder) := "yes" if {
	"liftable" in _parameters.modes
} else := retention.locked(holder)

_place(holder) := ["values"] if {
	holder.type == _container
} else := settings.place(retention.block(holder))

_container := "azurerm_storage_container"

_account_paths := {"storage_account_id", "storage_account_name"}

_lock := "aws_s3_bucket_object_lock_configuration"

_parameters := input.profile.parameters.data.bucket_immutability
