# METADATA
# scope: package
# description: |
#   What the classification says of a system, and which classes its description states. No control logic. Functions are total: what has
#   no result is unknown, so that a question that is not in the table excludes nothing.
package policyctl.lib.classified

import data.policyctl.classification.classes

# METADATA
# description: Whether the system is of a class by a route - yes, no or unknown.
value(class, route) := classes.values[class][route] if {
	classes.values[class][route]
} else := "unknown"

# METADATA
# description: What a class by a route waits for, as `doubt` takes it.
waits(class, route) := {entry | some entry in classes.open(_routes[class][route].terms)}

# METADATA
# description: That something is not decided, with what is needed - [name, group, reason] each, as the classification lists it.
doubt(path, what, waiting) := {
	"resource": input.facts.id,
	"path": path,
	"reason": sprintf("not decided by the answers is %s; needed: %s", [what, _told(waiting)]),
}

# METADATA
# description: The day from which a class by a route applies, for a sentence; empty where the table has none.
since(class, route) := sprintf(", which applies from %s", [classes.applies_from(_routes[class][route])]) if {
	classes.applies_from(_routes[class][route])
} else := ""

# METADATA
# description: Whether the description states a class, by whatever route.
states(id) if {
	some class in input.facts.classes
	class.id == id
} else := false

# METADATA
# description: The places in the description at which the class high_risk is stated by a route.
high_risk_by(route) := {index |
	some index, class in input.facts.classes
	class.id == "high_risk"
	class.route == route
}

# METADATA
# description: Classes of the description that cannot be read, so that nobody knows which are stated.
unreadable contains {"resource": input.facts.id, "path": ["classes", index], "reason": "this class cannot be read"} if {
	some index, class in input.facts.classes
	not _readable(class)
}

# Looked up once for all controls.
_routes := {class: by_route |
	some class in {listed.class | some listed in classes.routes}
	by_route := {listed.route: listed | some listed in classes.routes; listed.class == class}
}

_readable(class) if class.id in {"prohibited", "transparency", "gpai", "gpai_systemic"}

_readable(class) if {
	class.id == "high_risk"
	class.route in {"annex_i", "annex_iii"}
}

_told(waiting) := "a question about it" if {
	count(waiting) == 0
} else := concat(", ", _named(waiting)) if {
	count(waiting) < 5
} else := sprintf("%s and %d more, as policyctl system classify lists them", [concat(", ", array.slice(_named(waiting), 0, 3)), count(_named(waiting)) - 3])

_named(waiting) := sort([sprintf("%s (%s)", [name, why]) | some [name, _, why] in waiting])
