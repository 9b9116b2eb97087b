package policyctl.controls.system.derogation_holds

import data.policyctl.classification.groups
import data.policyctl.lib.derogation

resources := derogation.claims

# METADATA
# description: By the answers a condition of the derogation is not met, whatever is documented.
findings contains finding if {
	derogation.claimed
	groups.of("derogation.assessed") == "no"
	unmet := [step.reason | some step in groups.steps["derogation.assessed"]; step.step != "derogation.assessed.documented"]
	count(unmet) > 0

	finding := {
		"code": "does_not_hold",
		"resource": input.facts.id,
		"message": sprintf("the derogation of Art. 6(3) is relied on and does not hold: %s", [concat(" ", unmet)]),
		"path": ["answers", "derogation.assessed"],
	}
}

# METADATA
# description: Whether it is relied on, or whether there is anything to take the system out of, is not decided.
undetermined contains doubt if some doubt in derogation.undecided

# METADATA
# description: It is relied on, and not shown.
undetermined contains doubt if {
	derogation.claimed
	doubt := derogation.doubt("whether the derogation holds", groups.needed["derogation.assessed"])
}

# METADATA
# description: Without a documented assessment the rest of the answers rests on nothing.
undetermined contains doubt if {
	derogation.claimed
	count(findings) == 0
	groups.of("derogation.assessed") == "no"
	doubt := derogation.doubt("whether the derogation holds", {"derogation.assessed.documented": "answered no"})
}
