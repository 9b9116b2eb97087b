# METADATA
# scope: package
# description: |
#   The classes of the Act, each by its routes, and what the Act exempts. A route is a list of terms that must all hold; of a term, one
#   group is enough: {"group": name, "holds": false} asks for the opposite of the group.
package policyctl.classification.classes

import data.policyctl.classification.answers
import data.policyctl.classification.groups
import data.policyctl.classification.kleene

# METADATA
# description: Every class by every route, in the Act's order, with its terms.
routes := array.concat(array.concat(_prohibited, _high_risk), array.concat(_transparency, _general_purpose))

# METADATA
# description: Every class by every route with status, reasons, and the day from which its clause applies.
found := [object.union(told, {"status": status(answer), "because": because(route.terms, answer), "applies_from": from, "applies": from <= input.as_of}) |
	some route in routes
	told := object.remove(route, ["terms", "date"])
	answer := values[route.class][route.route]
	from := applies_from(route)
]

# METADATA
# description: The status that a value gives.
status(answer) := {"yes": "established", "no": "excluded", "unknown": "undetermined"}[answer]

# METADATA
# description: Whether all terms hold.
holds(terms) := kleene.all_of([_term(term) | some term in terms])

# METADATA
# description: |
#   The answers that decide it, in the order of the terms: of a yes, those by which each term holds; of a no, those for which a term does not;
#   else those that leave a term open.
because(terms, answer) := _distinct([step |
	some term in terms
	_term(term) == answer
	some member in term
	_member(member) == answer
	some step in groups.steps[member.group]
])

# METADATA
# description: What is needed where it is unknown whether the terms hold, of each open term - name, group and reason.
open(terms) := {[name, member.group, why] |
	some term in terms
	_term(term) == "unknown"
	some member in term
	some name, why in groups.needed[member.group]
}

# METADATA
# description: yes, no or unknown, by class and route.
values[route.class][route.route] := holds(route.terms) if some route in routes

# METADATA
# description: Whether the system is high-risk with all duties, by Annex III, or by Annex I with a product of Section A.
fully_high_risk := kleene.any_of([
	values.high_risk.annex_iii,
	kleene.all_of([values.high_risk.annex_i, groups.of("annex_i.section_a")]),
])

# METADATA
# description: What does not apply, where that is claimed and matters. One that is undetermined does apply until it is shown.
exemptions contains exemption if {
	some listed in _exempting
	answer := kleene.all_of(listed.values)
	answer != "no"
	_claimed(listed.groups[0])
	exemption := {
		"clause": listed.clause,
		"status": status(answer),
		"effect": listed.effect,
		"because": [step | some path in listed.groups; some step in groups.steps[path]],
	}
}

_claimed(path) if {
	some name, _ in answers.groups[path].questions
	answers.said(name) == "yes"
}

_exempting := [
	{
		"clause": "Art. 2(2)",
		"effect": "Of the Act, only Art. 6(1), Art. 60a and Arts. 102 to 112 apply, and on a condition Arts. 57 to 59.",
		"groups": ["annex_i.section_b", "annex_i.section_a"],
		"values": [
			values.high_risk.annex_i,
			groups.value["annex_i.section_b"],
			kleene.opposite(groups.value["annex_i.section_a"]),
		],
	},
	{
		"clause": "Art. 2(12)",
		"effect": "The Act does not apply to this system: open source, and of none of the classes.",
		"groups": ["scope.open_source"],
		"values": array.concat(
			[groups.value["scope.open_source"]],
			[kleene.opposite(value) | some class in ["prohibited", "high_risk", "transparency"]; some value in values[class]],
		),
	},
	{
		"clause": "Art. 53(2)",
		"effect": "Art. 53(1)(a) and (b) do not apply to this model, nor Art. 54.",
		"groups": ["gpai.open_source"],
		"values": [
			values.gpai["Art. 3(63)"],
			groups.value["gpai.open_source"],
			kleene.opposite(values.gpai_systemic["Art. 51(1)"]),
		],
	},
]

_prohibited := [route |
	some path, group in answers.groups
	group.section == "practices"
	route := {"class": "prohibited", "route": group.clause, "clause": group.clause, "date": "any", "terms": _within([[_yes(path)]])}
]

_high_risk := [
	{"class": "high_risk", "route": "annex_i", "clause": "Art. 6(1)", "date": "annex_i", "terms": _within([
		[_yes("safety.component"), _yes("annex_i.product")],
		[_yes("annex_i.section_a"), _yes("annex_i.section_b")],
		[_yes("annex_i.assessment")],
	])},
	{"class": "high_risk", "route": "annex_iii", "clause": "Art. 6(2)", "date": "annex_iii", "terms": array.concat(
		_listed,
		[[_no("derogation.assessed")]],
	)},
	{
		"class": "annex_iii_not_high_risk", "route": "annex_iii", "clause": "Art. 6(3)", "date": "annex_iii",
		"terms": array.concat(_listed, [[_yes("derogation.assessed")]]),
	},
]

# METADATA
# description: The terms by which the system is used as one point of Annex III says, by the point's group.
points[path] := _within(array.concat([[_yes(path)]], _component_too(path))) if some path in _uses

# METADATA
# description: Whether the system is used as any point of Annex III says, whatever a derogation makes of it.
listed := holds(_listed)

_listed := _within([
	[_yes(path) | some path in _uses],
	array.concat([_yes("safety.component")], [_yes(path) | some path in _uses; count(_component_too(path)) == 0]),
])

# Point 2 is about safety components only.
_component_too(path) := [[_yes("safety.component")] | path == "annex_iii.critical_infrastructure"]

_uses := [path | some path, group in answers.groups; group.section == "annex_iii"]

_transparency := [{"class": "transparency", "route": clause, "clause": clause, "date": "any", "terms": _within([[_yes(path) | some path in paths]])} |
	some clause, paths in {
		"Art. 50(1)": ["transparency.interaction"],
		"Art. 50(2)": ["transparency.synthetic_content"],
		"Art. 50(3)": ["transparency.biometrics"],
		"Art. 50(4)": ["transparency.deep_fake", "transparency.public_text"],
	}
]

# Art. 2(6) is about models as well; the other exclusions are about systems.
_general_purpose := [
	{"class": "gpai", "route": "Art. 3(63)", "clause": "Art. 53(1)", "date": "any", "terms": _model},
	{
		"class": "gpai_systemic", "route": "Art. 51(1)", "clause": "Art. 55(1)", "date": "any",
		"terms": array.concat(_model, [[_yes("gpai.systemic_risk")]]),
	},
]

_model := [[_no("scope.research")], [_yes("gpai.model")]]

_within(terms) := array.concat(_scope, terms)

_scope := [
	[_yes("scope.ai_system")],
	[_yes("scope.union")],
	[_no("scope.military")],
	[_no("scope.third_country_authority")],
	[_no("scope.research")],
	[_no("scope.before_market")],
]

_yes(path) := {"group": path, "holds": true}

_no(path) := {"group": path, "holds": false}

# Without a table there are no uses, and nothing that could be excluded.
_term(term) := kleene.any_of([_member(member) | some member in term]) if {
	count(term) > 0
} else := "unknown"

_member(member) := groups.of(member.group) if {
	member.holds
} else := kleene.opposite(groups.of(member.group))

_distinct(steps) := [step |
	some index, step in steps
	not step in array.slice(steps, 0, index)
]

# METADATA
# description: The day from which the clause of a route applies to this system. Undefined where the clause has none.
applies_from(route) := clause.legacy.current if {
	clause := data.policyctl.catalog.classification.clauses[route.clause]
	input.facts.placed_on_market < clause.legacy.before
} else := data.policyctl.catalog.classification.clauses[route.clause].dates[route.date].current
