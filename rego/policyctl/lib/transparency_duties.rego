# METADATA
# scope: package
# description: The duties of Art. 50, paragraph by paragraph, held against the classes that the description states.
package policyctl.lib.transparency_duties

import data.policyctl.classification.classes
import data.policyctl.lib.classified

# METADATA
# description: The answers establish a duty of this paragraph, and the description does not state the class transparency.
unstated(clause) := {finding |
	classified.value("transparency", clause) == "yes"
	classified.states("transparency") == false
	reasons := [step.reason |
		some route in classes.routes
		route.class == "transparency"
		route.route == clause
		some step in classes.because(route.terms, "yes")
		startswith(step.step, "transparency.")
	]

	finding := {
		"code": "not_stated",
		"resource": input.facts.id,
		"message": sprintf("by the answers %s asks for information, and transparency is not among the system's classes: %s", [clause, concat(" ", reasons)]),
		"path": ["classes"],
	}
}

# METADATA
# description: The answers do not decide whether there is such a duty.
undecided(clause) := {doubt |
	classified.value("transparency", clause) == "unknown"
	doubt := classified.doubt(["answers", "transparency"], sprintf("whether there is a duty by %s", [clause]), classified.waits("transparency", clause))
}
