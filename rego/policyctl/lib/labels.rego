# METADATA
# scope: package
# description: |
#   What the labels and annotations of a Kubernetes object say. No control logic. An entry is a key, its text and where it stands; what
#   is no text, and placeholders such as TBD, say nothing and are left out.
package policyctl.lib.labels

# METADATA
# description: |
#   The entries of the object itself under one of these names: the whole key, or its part after the domain. Case and the characters
#   - _ . make no difference there.
given(names) := _meaning(_texts, names)

# METADATA
# description: The same for the labels that the object gives to its pods.
given_to_pods(names) := _meaning(_texts_of_pods, names)

# METADATA
# description: How keys and values are compared.
plain(text) := replace(replace(lower(text), "-", "_"), ".", "_")

_texts contains {"key": key, "value": value, "path": ["metadata", "labels", key]} if {
	some key, value in input.facts.labels
	_says(key, value)
}

_texts contains {"key": key, "value": value, "path": ["metadata", "annotations", key]} if {
	some key, value in input.facts.annotations
	_says(key, value)
}

_texts_of_pods contains {"key": key, "value": value, "path": array.concat(_beside_spec(pod), ["metadata", "labels", key])} if {
	some pod in input.facts.pods
	some key, value in pod.labels
	_says(key, value)
}

_beside_spec(pod) := array.slice(pod.path, 0, count(pod.path) - 1) if {
	is_array(pod.path)
} else := []

# Keys are text where labels are a mapping, numbers where they are a list.
_says(key, value) if {
	is_string(key)
	is_string(value)
	said := lower(trim_space(value))
	not said in {"", "tbd", "todo", "unknown", "none", "n/a", "changeme"}
	not regex.match(`^<.*>$|\{\{|\$[{(]?[a-z]`, said)
}

_meaning(texts, _) := set() if texts == set()

_meaning(texts, names) := {entry | some entry in texts; _among(entry.key, whole, last)} if {
	texts != set()
	whole := {lower(name) | some name in names}
	last := {plain(name) | some name in names}
}

_among(key, whole, _) if lower(key) in whole

# A key whose last part, after the domain of its owner, is one of the words.
_among(key, _, last) if plain(regex.replace(key, `^.*/`, "")) in last
