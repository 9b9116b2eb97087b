# METADATA
# scope: package
# description: What rules about the record of a supplier have in common. No control logic.
package policyctl.lib.supplier

import data.policyctl.lib.entry
import data.policyctl.lib.wording

default _supplies := null

_supplies := input.facts.supplies

# METADATA
# description: |
#   Whether all that is supplied is free and open-source and no general-purpose model, nor a whole AI system: Art. 25(4), second
#   subparagraph, spares who makes tools, services, processes or components public so. Each must be stated; the licence is named.
default is_exempt := false

is_exempt if {
	listed := entry.listed(_supplies)
	count(listed) > 0
	every supply in listed {
		_is_exempt(supply)
	}
}

_is_exempt(supply) if {
	entry.value(supply, "what") in {"model", "dataset", "tool", "component", "service", "process"}
	entry.value(supply, "open_source") == true
	entry.value(supply, "general_purpose") == false
	entry.says(supply, "licence")
}

# METADATA
# description: The supplier's name for a message; its id where none is stated.
name := _name if {
	wording.says_something(_name)
} else := input.facts.id

default _name := null

_name := input.facts.name
