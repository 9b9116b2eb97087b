package policyctl.controls.supply_chain.image_digest

import data.policyctl.lib.images
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
		"message": sprintf("%s %s, which names no digest", [images.takes(container), container.image.reference]),
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
# description: |
#   Something else will choose the image: a serving runtime, an operator or a base configuration; a build, whose file is judged by
#   itself; a build argument or a variable without a default.
undetermined contains entry if {
	some container in kubernetes.containers
	origin := _origins[_state(container)]

	entry := {
		"resource": input.facts.id,
		"path": kubernetes.at(container, []),
		"reason": sprintf("the image of %s %s", [kubernetes.name(container), origin]),
	}
}

undetermined contains entry if some entry in kubernetes.unreadable

_origins := {
	"runtime": "comes from another object",
	"build": "is built from a Dockerfile, which is judged by itself",
	"elsewhere": "comes from a variable without a default",
}

# A stage that stands on an earlier one, or on nothing, takes no image from elsewhere.
_state(container) := container.image_source if {
	container.image_source in {"stage", "scratch", "build", "elsewhere"}
} else := "pinned" if {
	is_string(container.image.digest)
	regex.match(`^sha256:[0-9a-f]{64}$`, container.image.digest)
} else := "runtime" if {
	container.image_source == "runtime"
} else := "named" if {
	is_string(container.image.reference)
	container.image.reference != ""
} else := "none"
