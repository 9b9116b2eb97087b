package policyctl.controls.system.annex_i_product

import data.policyctl.lib.classified

resources := {input.facts.id}

# METADATA
# description: The answers establish the class, and it is not stated.
findings contains finding if {
	_value == "yes"
	count(_stated) == 0

	finding := {
		"code": "not_stated",
		"resource": input.facts.id,
		"message": "by the answers the system is high-risk by Art. 6(1), and high-risk by Annex I is not among its classes",
		"path": ["classes"],
	}
}

# METADATA
# description: The class is stated, and the answers exclude it.
findings contains finding if {
	_value == "no"
	some index in _stated

	finding := {
		"code": "excluded",
		"resource": input.facts.id,
		"message": "the class high_risk by annex_i is stated, which the answers exclude",
		"path": ["classes", index],
	}
}

# METADATA
# description: The answers do not decide it.
undetermined contains doubt if {
	_value == "unknown"
	waiting := classified.waits("high_risk", "annex_i")
	doubt := classified.doubt(["answers", "annex_i"], "whether the system is high-risk as a product under Annex I, or its component", waiting)
}

# METADATA
# description: Which classes are stated cannot be read.
undetermined contains doubt if some doubt in classified.unreadable

_value := classified.value("high_risk", "annex_i")

_stated := classified.high_risk_by("annex_i")
