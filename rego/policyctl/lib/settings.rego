# METADATA
# scope: package
# description: |
#   What a plan proves about one setting of a resource. No control logic. Every answer is one of "yes" (the value is
#   known and good), "no" (it is known and not good, of a wrong type, or nobody sets it) and "untold" (known only
#   after apply, or masked).
package policyctl.lib.settings

import data.policyctl.lib.terraform

# METADATA
# description: Whether the value at a dotted path is one of these. Types count, so that the text "true" is not true.
one_of(resource, path, values) := "untold" if {
	terraform.state(resource, path) in {"unknown", "masked"}
} else := "yes" if {
	terraform.state(resource, path) == "known"
	terraform.value(resource, path) in values
} else := "no"

# METADATA
# description: Whether the value at a dotted path is a number that is not smaller than this one.
at_least(resource, path, least) := "untold" if {
	terraform.state(resource, path) in {"unknown", "masked"}
} else := "yes" if {
	terraform.state(resource, path) == "known"
	value := terraform.value(resource, path)
	is_number(value)
	value >= least
} else := "no"

# METADATA
# description: |
#   What stands at a dotted path, for the end of a message (": 30"). Empty where no text or number is known there, or one too long to read.
told(resource, path) := sprintf(": %v", [value]) if {
	terraform.state(resource, path) == "known"
	value := terraform.value(resource, path)
	_is_short(value)
} else := ""

_is_short(value) if is_number(value)

_is_short(value) if {
	is_string(value)
	trim_space(value) != ""
	count(value) <= 120
}

# METADATA
# description: Whether the value at a dotted path is a text that is not blank.
text(resource, path) := "untold" if {
	terraform.state(resource, path) in {"unknown", "masked"}
} else := "yes" if {
	terraform.state(resource, path) == "known"
	value := terraform.value(resource, path)
	is_string(value)
	trim_space(value) != ""
} else := "no"

# METADATA
# description: |
#   The blocks at a dotted path, by the dotted path of each: those of a list, or the only one where the provider's
#   schema nests it singly. What is no block is left out.
blocks(resource, path) := {sprintf("%s.%d", [path, index]): block |
	listed := terraform.value(resource, path)
	is_array(listed)
	some index, block in listed
	is_object(block)
} if {
	is_array(terraform.value(resource, path))
} else := {path: block |
	block := terraform.value(resource, path)
	is_object(block)
	terraform.state(resource, path) == "known"
}

# METADATA
# description: A dotted path as the path of a finding.
place(path) := array.concat(["values"], [step | some part in split(path, "."); step := _step(part)])

_step(part) := to_number(part) if {
	regex.match(`^[0-9]+$`, part)
} else := part
