# METADATA
# scope: package
# description: |
#   What somebody has accepted for a time: the document's waivers, as of `input.as_of`. A waiver has effect only where all of it is
#   there, of its type, and holds; whatever else it says, or lacks, leaves things as they are without it. Knows nothing of any control.
package policyctl.waivers

# METADATA
# description: The waivers that have effect on this day, for this system, under this profile.
in_force contains waiver if {
	is_array(input.waivers)
	some waiver in input.waivers
	_whole(waiver)
	_approved_by_another(waiver)
	waiver.first_day <= input.as_of
	input.as_of <= waiver.last_day
	_short_enough(waiver)
	_of_this_system(waiver)
}

# METADATA
# description: The waiver of what a control says about a resource; the first by id where there are several, undefined where there is none.
of(control, entry) := min(ids) if {
	ids := {waiver.id |
		some waiver in in_force
		waiver.control == control
		about(waiver, entry.resource)
		_of_code(waiver, entry)
	}
	count(ids) > 0
}

# METADATA
# description: Whether a waiver's pattern names this resource. `*` stands for any text, also for none; all else for itself.
about(waiver, resource) if regex.match(_anchored(waiver.resource), resource)

# METADATA
# description: |
#   What becomes of a waiver here, in one word, for people; what has effect is `in_force` alone. `applied` holds the ids of the
#   waivers that are named in the answer, `settled` those whose control has looked at their resource and could tell all of it.
state(waiver, applied, settled) := "malformed" if {
	not _whole(waiver)
} else := "self_approved" if {
	not _approved_by_another(waiver)
} else := "not_started" if {
	input.as_of < waiver.first_day
} else := "expired" if {
	waiver.last_day < input.as_of
} else := "too_long" if {
	not _short_enough(waiver)
} else := "other_system" if {
	not _of_this_system(waiver)
} else := "applied" if {
	waiver.id in applied
} else := "not_needed" if {
	waiver.id in settled
} else := "unmatched"

# A comparison of texts with anything else holds or fails by type alone, a blank text matches another: so first of all the types.
_whole(waiver) if {
	every key in _texts {
		is_string(waiver[key])
		trim_space(waiver[key]) != ""
	}
	is_string(object.get(waiver, "code", "any"))
	trim_space(object.get(waiver, "code", "any")) != ""
	regex.match(_named, waiver.resource)
	regex.match(_day, waiver.first_day)
	regex.match(_day, waiver.last_day)
	waiver.first_day <= waiver.last_day
}

_texts := {
	"id", "control", "system", "resource", "owner", "reason", "compensating_control",
	"ticket", "requester", "approver", "first_day", "last_day",
}

# Between two stars there are three letters or digits, and no "?", which elsewhere stands for any character.
_named := `^[^?]*[\pL\pN][^*?]*[\pL\pN][^*?]*[\pL\pN][^?]*$`

_day := `^2[01][0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`

# Who reads the waivers compares names as people see them; what differs only in case needs nobody to see it.
_approved_by_another(waiver) if {
	waiver.self_approved == false
	lower(trim_space(waiver.approver)) != lower(trim_space(waiver.requester))
}

_short_enough(waiver) if {
	severity := data.policyctl.catalog.controls[waiver.control].severity
	longest := input.profile.waivers[severity]
	is_number(longest)
	_days(waiver) <= longest
}

_days(waiver) := ((time.parse_ns("2006-01-02", waiver.last_day) - time.parse_ns("2006-01-02", waiver.first_day)) / _day_ns) + 1

_day_ns := ((24 * 60) * 60) * 1000000000

# A label in the judged file names a system, too: that alone would let a subject choose whose waivers it has.
_of_this_system(waiver) if {
	waiver.system == input.system.id
	input.system.established == true
}

_of_code(waiver, entry) if waiver.code == entry.code

_of_code(waiver, _) if not waiver.code

_anchored(pattern) := concat("", ["^(?s:", replace(regex.replace(pattern, `[\\.+?()|\[\]{}^$]`, `\$0`), "*", ".*"), ")$"])
