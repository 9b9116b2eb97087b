# METADATA
# scope: package
# description: |
#   Which facts of a document are not of the type that its kind gives them. Collectors never write such facts; a document that
#   came another way may hold some, and rules that look for text in a number find nothing, which must not be taken for good.
package policyctl.shapes

# METADATA
# description: |
#   The paths of such facts, each beginning with "facts". Of a plan's resources, the types that hold a broken one;
#   all, where something else stands in the place of a type's list.
misshapen contains ["facts", fact] if {
	declared := data.policyctl.catalog.facts[input.kind]
	object.filter(_types, object.keys(declared)) != declared
	some fact, type in declared
	object.get(_types, fact, "undefined") != type
}

misshapen contains ["facts", "resources"] if {
	input.kind == "terraform_plan"
	some listed in input.facts.resources
	not is_array(listed)
}

misshapen contains ["facts", "resources", type] if {
	input.kind == "terraform_plan"
	some type, listed in input.facts.resources
	some resource in listed
	not _is_resource(resource)
}

_types := {fact: type_name(value) | some fact, value in input.facts}

_is_resource(resource) if {
	is_string(resource.address)
	is_string(resource.action)
	is_object(resource.values)
	_are_paths(resource.unknown)
	_are_paths(resource.computed)
	_are_paths(resource.masked)
	is_object(resource.references)
}

_are_paths(listed) if {
	is_array(listed)
	every path in listed {
		is_string(path)
		path != ""
	}
}
