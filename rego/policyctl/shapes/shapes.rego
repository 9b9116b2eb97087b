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
misshapen contains ["facts", "resources"] if {
	input.kind == "terraform_plan"
	_resources != "object"
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

default _resources := "undefined"

_resources := type_name(input.facts.resources)

_is_resource(resource) if {
	is_string(resource.address)
	is_string(resource.action)
	is_object(resource.values)
	_are_texts(resource.unknown)
	_are_texts(resource.computed)
	_are_texts(resource.masked)
	is_object(resource.references)
}

_are_texts(listed) if {
	is_array(listed)
	every element in listed { is_string(element) }
}
