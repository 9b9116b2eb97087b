# METADATA
# scope: package
# description: What a second person should look at - each downgrade that counts, and each contradiction in the description.
package policyctl.classification.review

import data.policyctl.classification.answers
import data.policyctl.classification.classes
import data.policyctl.classification.groups
import data.policyctl.classification.roles

# METADATA
# description: The entries, each about a question, a group, a class or a role.
entries contains {"about": path, "clause": group.clause, "why": sprintf("takes the system out of a class: %s", [group.title])} if {
	some path, group in answers.groups
	group.lowers
	not endswith(path, ".open_source")
	groups.value[path] == "yes"
}

entries contains {"about": "exemptions", "clause": exemption.clause, "why": exemption.effect} if {
	some exemption in classes.exemptions
	exemption.status == "established"
}

entries contains {"about": name, "clause": question.clause, "why": sprintf("an exception is used: %s", [question.text])} if {
	some [path, name] in groups.excepted
	question := answers.groups[path].questions[name]
}

entries contains {"about": name, "clause": clause, "why": why} if {
	some path, group in answers.groups
	groups.value[path] != "yes"
	some name in (object.keys(group.questions) | {path})
	answers.said(name) == "no"
	words := answers.suggested(path, name)
	count(words) > 0
	clause := object.get(group.questions, [name, "clause"], group.clause)
	why := sprintf("answered no, although the purpose says %q", [concat(", ", words)])
}

entries contains {"about": "roles", "clause": "Art. 3(3)", "why": sprintf("the description states roles, and not this one: %s", [role])} if {
	count(input.facts.roles) > 0
	some role, "yes" in roles.values
	not role in _stated_roles
}

entries contains {"about": "classes", "clause": one.clause, "why": sprintf("the description states classes, and not this one: %s", [_label(one)])} if {
	count(input.facts.classes) > 0
	some one in classes.routes
	_value(one) == "yes"
	one.class in {"prohibited", "high_risk", "transparency", "gpai", "gpai_systemic"}
	label := _label(one)
	not label in _stated
}

entries contains {"about": "classes", "clause": named[0].clause, "why": sprintf("the description states %s, and the answers exclude it", [label])} if {
	some label in _stated
	named := [one | some one in classes.routes; _label(one) == label]
	{_value(one) | some one in named} == {"no"}
}

_value(route) := classes.values[route.class][route.route]

_stated_roles := {role | some role in input.facts.roles}

_stated contains _label(class) if some class in _named

_named contains {"class": class.id, "route": object.get(class, "route", "")} if some class in input.facts.classes

_label(one) := sprintf("high_risk by %s", [one.route]) if {
	one.class == "high_risk"
} else := one.class
