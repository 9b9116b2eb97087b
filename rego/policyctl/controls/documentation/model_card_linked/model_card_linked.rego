package policyctl.controls.documentation.model_card_linked

import data.policyctl.lib.kubernetes
import data.policyctl.lib.labels

# METADATA
# description: What serves a model. One that is still being trained has no evaluation yet.
resources contains input.facts.id if _serves

# METADATA
# description: No annotation or label of the object is there for it.
findings contains finding if {
	_serves
	some what, description in _asked
	count(_given[what]) == 0

	finding := {
		"code": sprintf("no_%s", [what]),
		"resource": input.facts.id,
		"message": sprintf("no annotation links %s", [description]),
		"path": ["metadata", "annotations"],
	}
}

# METADATA
# description: There are annotations or labels for it, and what stands in them leads nowhere.
findings contains finding if {
	_serves
	some what, description in _asked
	not _linked(what)
	some entry in _given[what]

	finding := {
		"code": sprintf("%s_not_linked", [what]),
		"resource": input.facts.id,
		"message": sprintf("%s is no link to %s", [entry.value, description]),
		"path": entry.path,
	}
}

_serves if kubernetes.answers

# Loaded by the service that it names.
_serves if {
	kubernetes.ai
	input.facts.kind == "TrainedModel"
}

_asked := {
	"model_card": "the model's card",
	"evaluation": "the model's evaluation",
}

_given[what] := entries if {
	some what, names in _keys
	entries := labels.given(names)
}

_keys := {
	"model_card": input.profile.parameters.documentation.model_card_linked.card_keys,
	"evaluation": input.profile.parameters.documentation.model_card_linked.evaluation_keys,
}

_linked(what) if {
	some entry in _given[what]
	_links(entry.value)
}

_links(text) if regex.match(_digest, trim_space(text))

_links(text) if {
	regex.match(_path, trim_space(text))
	not _reserved(text)
}

_links(text) if {
	regex.match(_uri, trim_space(text))
	not _reserved(text)
}

# Names that nobody can have (RFC 2606, RFC 6761), and hosts that are to be filled in. Documentation is full of them; nothing lies there.
_reserved(text) if regex.match(concat("", [`(?i)^\s*([a-z][a-z0-9+.-]*://)?([^/@\s]*@)?`, _nowhere, `(:[0-9]+)?(/|\s*$)`]), text)

_nowhere := `(([\w-]+\.)*(example\.(com|net|org)|example|invalid|test|localhost)|tbd|tba|todo|changeme|placeholder)`

_digest := `(?i)^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$`

# A scheme, and something behind it that names a place.
_uri := `(?i)^[a-z][a-z0-9+.-]*:/{1,3}[\w\[~][^\s<>{}]*$`

# Several steps, or a file by its ending; without blanks, as texts for people have them.
_path := `^(\.{0,2}/)?([\w.:@%+~-]+/)+[\w.@:%+~#-]*\w/?$|^[\w-][\w.-]*\.(md|mdx|html?|json|ya?ml|pdf|rst|txt|docx?|ipynb|csv)$`
