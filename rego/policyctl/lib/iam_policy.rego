# METADATA
# scope: package
# description: |
#   What an AWS policy document allows, read from its JSON text or from the data source that writes it. No control logic.
package policyctl.lib.iam_policy

import data.policyctl.lib.terraform

# METADATA
# description: |
#   The policy at a dotted path of a resource: {"told", "statements"}. `told` is false where the plan does not show all of it. A statement
#   is {"allows", "actions", "actions_told", "but_actions", "resources", "resources_told", "but_resources", "conditional", "anyone",
#   "services", "principals_told"}; actions are in lower case, `but_…` means all but those named.
policy(resource, path) := _of_text(terraform.value(resource, path)) if {
	terraform.state(resource, path) == "known"
} else := _of_documents(resource, path) if {
	terraform.state(resource, path) == "unknown"
} else := _nothing

# METADATA
# description: |
#   How a statement allows more than a task needs: "any_action", "service_wide" (all actions of a service on all resources),
#   "pass_any_role".
breadth(statement) := {code |
	statement.allows
	some code in ((_any_action(statement) | _service_wide(statement)) | _pass_any_role(statement))
}

# METADATA
# description: Whether the plan leaves open what matters for `breadth`. Total.
untold(statement) if {
	statement.allows
	not statement.actions_told
} else if {
	statement.allows
	not statement.resources_told
	some action in statement.actions
	_depends_on_resources(action)
} else := false

_nothing := {"told": false, "statements": []}

_any_action(statement) := {"any_action" |
	statement.but_actions
} | {"any_action" |
	some action in statement.actions
	contains(split(action, ":")[0], "*")
}

_service_wide(statement) := {"service_wide" |
	some action in statement.actions
	_all_of_a_service(action)
	_any_resource(statement)
}

_pass_any_role(statement) := {"pass_any_role" |
	"iam:passrole" in statement.actions
	not statement.conditional
	_any_resource(statement)
}

_depends_on_resources("iam:passrole")

_depends_on_resources(action) if _all_of_a_service(action)

_all_of_a_service(action) if {
	parts := split(action, ":")
	service := parts[0]
	not contains(service, "*")
	parts[1] == "*"
}

_any_resource(statement) if statement.but_resources

_any_resource(statement) if {
	some resource in statement.resources
	_names_all(resource)
}

_names_all("*")

# All resources of a service, in one account or in any.
_names_all(arn) if {
	parts := split(arn, ":")
	count(parts) == 6
	parts[5] == "*"
}

# Policies written as text.
_of_text(text) := {"told": true, "statements": [_of_json(s) | some s in statements]} if {
	is_string(text)
	json.is_valid(text)
	statements := _listed(json.unmarshal(text).Statement)
	every statement in statements {
		is_object(statement)
	}
} else := _nothing

_listed(node) := node if is_array(node)

_listed(node) := [node] if is_object(node)

_of_json(s) := {
	"allows": object.get(s, "Effect", "Allow") != "Deny",
	"actions": {lower(action) | some action in _strings(object.get(s, "Action", null))},
	"actions_told": _told(s, "Action", "NotAction"),
	"but_actions": object.get(s, "NotAction", null) != null,
	"resources": _strings(object.get(s, "Resource", null)),
	"resources_told": _told(s, "Resource", "NotResource"),
	"but_resources": object.get(s, "NotResource", null) != null,
	"conditional": _is_condition(object.get(s, "Condition", null)),
	"anyone": count(_principals(s) & {"*", "AWS *", "not"}) > 0,
	"services": {trim_prefix(principal, "Service ") | some principal in _principals(s); startswith(principal, "Service ")},
	"principals_told": count(_principals(s)) > 0,
}

_told(s, name, other) if {
	count(_strings(object.get(s, name, null))) > 0
} else if {
	object.get(s, other, null) != null
} else := false

# None where one of them is no text: then nothing is told.
_strings(node) := {node} if {
	is_string(node)
} else := {text | some text in node} if {
	is_array(node)
	every text in node {
		is_string(text)
	}
} else := set()

_is_condition(node) if {
	is_object(node)
	count(node) > 0
} else := false

_principals(s) := ({"not" |
	object.get(s, "NotPrincipal", null) != null
} | {"*" |
	object.get(s, "Principal", null) == "*"
}) | {sprintf("%s %s", [type, name]) |
	named := object.get(s, "Principal", null)
	is_object(named)
	some type, names in named
	some name in _strings(names)
}

# Policies written by data sources that are read only when applying.
_of_documents(resource, path) := {
	"told": count([true | some reference in references; not _complete(reference)]) == 0,
	"statements": [statement | some reference in references; some statement in _of_document(_document(reference)).statements],
} if {
	references := object.get(resource.references, terraform.plain(path), [])
	count(references) > 0
} else := _nothing

_complete(reference) if _of_document(_document(reference)).told

_document(reference) := document if {
	reference.type == "aws_iam_policy_document"
	not reference.ambiguous
	document := input.facts.resources.aws_iam_policy_document[reference.at]
} else := {}

_of_document(document) := _of_text(terraform.value(document, "json")) if {
	terraform.state(document, "json") == "known"
} else := {
	"told": _alone(document),
	"statements": [_of_block(document, index) | some index, _ in terraform.value(document, "statement")],
} if {
	is_array(terraform.value(document, "statement"))
} else := _nothing

# Nothing is merged into it, and its blocks are all there.
_alone(document) if {
	every name in ["source_policy_documents", "override_policy_documents", "source_json", "override_json"] {
		terraform.state(document, name) in terraform.not_set
	}
	not _open(document, "statement")
} else := false

_of_block(document, index) := {
	"allows": terraform.value(document, sprintf("statement.%d.effect", [index])) != "Deny",
	"actions": {lower(action) | some action in _block_strings(document, index, "actions")},
	"actions_told": _block_told(document, index, "actions", "not_actions"),
	"but_actions": count(_block_strings(document, index, "not_actions")) > 0,
	"resources": _block_strings(document, index, "resources"),
	"resources_told": _block_told(document, index, "resources", "not_resources"),
	"but_resources": count(_block_strings(document, index, "not_resources")) > 0,
	"conditional": terraform.state(document, sprintf("statement.%d.condition", [index])) == "known",
	"anyone": count(_block_principals(document, index) & {"AWS *", "* *", "not"}) > 0,
	"services": {trim_prefix(principal, "Service ") |
		some principal in _block_principals(document, index)
		startswith(principal, "Service ")
	},
	"principals_told": _block_principals_told(document, index),
}

_block_strings(document, index, name) := {text |
	some text in terraform.value(document, sprintf("statement.%d.%s", [index, name]))
	is_string(text)
}

_block_told(document, index, name, other) if {
	path := sprintf("statement.%d.%s", [index, name])
	_all_texts(terraform.value(document, path))
	not _open(document, path)
} else if {
	_all_texts(terraform.value(document, sprintf("statement.%d.%s", [index, other])))
} else := false

_block_principals(document, index) := {"not" |
	terraform.state(document, sprintf("statement.%d.not_principals", [index])) == "known"
} | {sprintf("%s %s", [block.type, name]) |
	some block in terraform.value(document, sprintf("statement.%d.principals", [index]))
	some name in block.identifiers
	is_string(name)
}

# Who a federated identity is does not matter here.
_block_principals_told(document, index) if {
	path := sprintf("statement.%d.principals", [index])
	blocks := terraform.value(document, path)
	is_array(blocks)
	count(blocks) > 0
	every at, block in blocks {
		_identified(document, sprintf("%s.%d.identifiers", [path, at]), block)
	}
} else := false

_identified(_, _, block) if block.type == "Federated"

_identified(document, path, block) if {
	is_string(block.type)
	_all_texts(block.identifiers)
	not _open(document, path)
}

# An element that is known only after apply is null.
_all_texts(listed) if {
	is_array(listed)
	count(listed) > 0
	every text in listed {
		is_string(text)
	}
}

_open(document, path) if terraform.state(document, path) in {"unknown", "masked"}
