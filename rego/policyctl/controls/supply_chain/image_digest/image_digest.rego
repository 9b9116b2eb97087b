package policyctl.controls.supply_chain.image_digest

import data.policyctl.lib.kubernetes

resources := kubernetes.workloads

# METADATA
# description: The image is named by a tag, or by nothing, so what runs can change without a change of the manifest.
findings contains finding if {
	some container in kubernetes.containers
	_state(container) == "named"

	finding := {
		"code": "no_digest",
		"resource": input.facts.id,
		"message": sprintf("container %s runs %s, which names no digest", [kubernetes.name(container), container.image.reference]),
		"path": kubernetes.at(container, ["image"]),
	}
}

# METADATA
# description: There is no image, or none that can be read as one.
findings contains finding if {
	some container in kubernetes.containers
	_state(container) == "none"

	finding := {
		"code": "no_image",
		"resource": input.facts.id,
		"message": sprintf("container %s names no valid image", [kubernetes.name(container)]),
		"path": kubernetes.at(container, ["image"]),
	}
}

# METADATA
# description: A serving runtime, an operator or a base configuration will choose the image.
undetermined contains entry if {
	some container in kubernetes.containers
	_state(container) == "runtime"

	entry := {
		"resource": input.facts.id,
		"path": kubernetes.at(container, []),
		"reason": sprintf("the image of %s comes from another object", [kubernetes.name(container)]),
	}
}

undetermined contains entry if some entry in kubernetes.unreadable

_state(container) := "pinned" if {
	is_string(container.image.digest)
	regex.match(`^sha256:[0-9a-f]{64}$`, container.image.digest)
} else := "runtime" if {
	container.image_source == "runtime"
} else := "named" if {
	is_string(container.image.reference)
	container.image.reference != ""
} else := "none"
