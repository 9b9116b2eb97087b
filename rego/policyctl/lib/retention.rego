# METADATA
# scope: package
# description: |
#   What a resource says of a retention period, during which a store refuses to change or delete what it holds. No control
#   logic. Answers are those of lib.settings: "yes", "no", "untold".
package policyctl.lib.retention

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

# METADATA
# description: Types in which a retention stands.
types := object.keys(_written)

# METADATA
# description: Whether a retention of any length holds. Of a type in which none can stand the answer is "no".
in_force(resource) := "no" if {
	"no" in {lasts(resource, _second), _effective(resource)}
} else := "untold" if {
	"untold" in {lasts(resource, _second), _effective(resource)}
} else := "yes"

# METADATA
# description: Whether the period is not shorter than this number of days.
lasts(resource, days) := "yes" if {
	"yes" in _periods(resource, days)
} else := "untold" if {
	"untold" in _periods(resource, days)
} else := "no"

# METADATA
# description: Whether nobody, administrators included, can shorten or lift the retention. Ask first whether it is in force.
locked(resource) := settings.one_of(resource, _written[resource.type].lock, _written[resource.type].locked)

# METADATA
# description: Whether objects can be kept one by one, which keeps none of them unless somebody asks for it.
by_object(resource) if {
	some path, on in _by_object[resource.type]
	settings.one_of(resource, path, on) == "yes"
} else := false

# METADATA
# description: The dotted path of the block that sets a retention.
block(resource) := _written[resource.type].block

# METADATA
# description: The dotted path of what locks it.
lock(resource) := _written[resource.type].lock

# METADATA
# description: The dotted paths at which a length is known.
lengths(resource) := {path |
	some path, _ in _written[resource.type].seconds
	terraform.state(resource, path) == "known"
}

# Where the mode says whether there is a retention at all, it must be one of those that are one.
_effective(resource) := settings.one_of(resource, _written[resource.type].lock, both) if {
	both := _written[resource.type].locked | _written[resource.type].liftable
} else := "yes"

_periods(resource, days) := {_at_least(resource, path, (days * 86400) / unit) |
	some path, unit in _written[resource.type].seconds
}

# Google's provider writes the seconds as text from version 7 on.
_at_least(resource, path, least) := "yes" if {
	terraform.state(resource, path) == "known"
	regex.match(`^[0-9]{1,12}$`, _text(terraform.value(resource, path)))
	to_number(terraform.value(resource, path)) >= least
} else := settings.at_least(resource, path, least)

_text(value) := value if {
	is_string(value)
} else := ""

_second := 1 / 86400

# By type: the paths at which a length stands, each with the seconds of its unit; where it is said whether the period can be
# shortened or lifted, by which values it cannot, and, where the same place switches it off, by which it is on and can.
# Sources: the providers' documentation of each type. On S3 who has s3:BypassGovernanceRetention may lift GOVERNANCE.
_written := {
	"aws_s3_bucket": {
		"block": "object_lock_configuration",
		"seconds": {
			"object_lock_configuration.0.rule.0.default_retention.0.days": 86400,
			"object_lock_configuration.0.rule.0.default_retention.0.years": 31536000,
		},
		"lock": "object_lock_configuration.0.rule.0.default_retention.0.mode",
		"locked": {"COMPLIANCE"},
		"liftable": {"GOVERNANCE"},
	},
	"aws_s3_bucket_object_lock_configuration": {
		"block": "rule",
		"seconds": {"rule.0.default_retention.0.days": 86400, "rule.0.default_retention.0.years": 31536000},
		"lock": "rule.0.default_retention.0.mode",
		"locked": {"COMPLIANCE"},
		"liftable": {"GOVERNANCE"},
	},
	"azurerm_storage_account": {
		"block": "immutability_policy",
		"seconds": {"immutability_policy.0.period_since_creation_in_days": 86400},
		"lock": "immutability_policy.0.state",
		"locked": {"Locked"},
		"liftable": {"Unlocked"},
	},
	"azurerm_storage_container_immutability_policy": {
		"block": "immutability_period_in_days",
		"seconds": {"immutability_period_in_days": 86400},
		"lock": "locked",
		"locked": {true},
	},
	"google_storage_bucket": {
		"block": "retention_policy",
		"seconds": {"retention_policy.0.retention_period": 1},
		"lock": "retention_policy.0.is_locked",
		"locked": {true},
	},
}

_by_object := {
	"aws_s3_bucket": {"object_lock_enabled": {true}, "object_lock_configuration.0.object_lock_enabled": {"Enabled"}},
	"aws_s3_bucket_object_lock_configuration": {"object_lock_enabled": {"Enabled"}},
	"google_storage_bucket": {"enable_object_retention": {true}},
}
