# METADATA
# scope: package
# description: |
#   From when a law binds the system that a document belongs to, and what is assumed where its role or class is not established.
#   Dates stand in the mappings' framework data; this is how they are applied. Reading of Art. 111(2) to (4) and Art. 113 of
#   Regulation (EU) 2024/1689 as amended.
package policyctl.law

# METADATA
# description: What is assumed about the system because nobody has established it.
assumed contains "roles" if count(_stated_roles) == 0

assumed contains "classes" if count(_stated_classes) == 0

# METADATA
# description: The roles of the organisation under the Act; provider and deployer where none is established.
roles := _stated_roles if {
	count(_stated_roles) > 0
} else := {"provider", "deployer"}

# METADATA
# description: |
#   The classes of the system: high-risk (Annex III) and transparency where none is established. A prohibition is never assumed.
classes := _stated_classes if {
	count(_stated_classes) > 0
} else := {"high_risk", "transparency"}

# METADATA
# description: The routes by which the system is high-risk; Annex III, the earlier date, where none is named.
routes := _stated_routes if {
	count(_stated_routes) > 0
} else := {"annex_iii"}

# METADATA
# description: |
#   Of a parameter's values by risk class ({"high_risk": …, "other": …}), the one for this system: that of the strictest of its
#   classes that the parameter names.
by_class(values) := values.high_risk if {
	"high_risk" in classes
} else := values.other

# METADATA
# description: |
#   Under a profile of a law with dates: for each control the clause that binds this system first, since when, and what the control
#   does on `input.as_of`: the profile's word from that date on, at most a warning before it or where no clause binds.
bindings[id] := binding if {
	data.policyctl.catalog.frameworks[input.profile.framework].dated
	some id, action in input.profile.enforcement
	binding := _binding(action, _candidates(id, false))
}

# METADATA
# description: |
#   The same for controls that found something, where that shows that the system is of the clause's class, whatever is stated: nobody
#   escapes a prohibition by not stating it.
shown_by(ids) := {id: binding |
	data.policyctl.catalog.frameworks[input.profile.framework].dated
	some id in ids
	some edge in data.policyctl.catalog.edges[input.profile.framework][id]
	edge.shows_class
	binding := _binding(input.profile.enforcement[id], _candidates(id, true))
}

_binding(action, candidates) := object.union(first, {"action": _now(action, first)}) if first := _first(candidates)

_now(action, first) := action if {
	first.current <= input.as_of
} else := "audit" if {
	action == "audit"
} else := "warn"

_first(candidates) := candidate if {
	ordered := sort([[c.current, c.clause, c] | some c in candidates])
	candidate := ordered[0][2]
} else := {}

_candidates(id, found) := {candidate |
	some edge in data.policyctl.catalog.edges[input.profile.framework][id]
	edge.covers in {"full", "part"}
	_concerns(edge)
	clause := data.policyctl.catalog.clauses[input.profile.framework][edge.clause]
	_binds(clause, {found, object.get(edge, "shows_class", false)} == {true})
	some date in _dates(clause)
	candidate := object.union(date, {"clause": edge.clause})
}

# An edge may hold for some documents only: a duty about models says nothing about the card of a dataset.
_concerns(edge) if {
	every fact, value in object.get(edge, "only", {}) {
		input.facts[fact] == value
	}
}

_binds(clause, shown) if {
	some role in clause.binds
	role in roles
	_of_class(clause.risk_class, shown)
}

_of_class(_, true)

_of_class("any", _)

_of_class(class, _) if class in classes

# The clause's dates for this system: one for each route of a high-risk system, none where a transition rule spares it.
_dates(clause) := {date |
	some route in routes
	listed := clause.dates[route]
	current := _high_risk_date(listed.current)
	date := object.union(listed, {"current": current})
} if {
	clause.risk_class == "high_risk"
} else := {object.union(clause.dates.any, {"current": clause.legacy.current})} if {
	_placed < clause.legacy.before
} else := {clause.dates.any}

# Art. 111(2). The date of application for a system that came later, or whose date nobody knows; else that of its significant change
# or, for public authorities, the final date.
_high_risk_date(applies) := applies if {
	not _placed_before(applies)
} else := changed if {
	changed := input.system.significantly_changed
	changed >= applies
	not _authority_first(changed)
} else := data.policyctl.catalog.transition.public_authorities if {
	input.system.public_authority == true
}

_authority_first(changed) if {
	input.system.public_authority == true
	data.policyctl.catalog.transition.public_authorities < changed
}

_placed_before(date) if _placed < date

_placed := min(dates) if {
	dates := {date | some key in ["placed_on_market", "put_into_service"]; date := input.system[key]}
	count(dates) > 0
}

_stated_roles := {role | some role in input.system.roles}

_stated_classes contains class.id if some class in input.system.classes

# Chapter V, Section 3 comes on top of Section 2: Art. 55(1), "in addition to".
_stated_classes contains "gpai" if {
	some class in input.system.classes
	class.id == "gpai_systemic"
}

_stated_routes := {class.route | some class in input.system.classes}
