# METADATA
# scope: package
# description: |
#   Answers put together: yes, no and unknown by Kleene's logic. What is unknown can only keep a result unknown, never turn it round: who
#   takes an answer away may lose a yes or a no, and cannot get the other one.
package policyctl.classification.kleene

# METADATA
# description: yes where all are yes, no where one is no, else unknown. Of nothing, yes.
all_of(values) := "no" if {
	"no" in values
} else := "unknown" if {
	"unknown" in values
} else := "yes"

# METADATA
# description: yes where one is yes, no where all are no, else unknown. Of nothing, no.
any_of(values) := opposite(all_of([opposite(value) | some value in values]))

# METADATA
# description: The other one of yes and no; what is unknown stays so.
opposite(value) := {"yes": "no", "no": "yes", "unknown": "unknown"}[value]
