package policyctl.controls.security.image_user

import data.policyctl.lib.images
import data.policyctl.lib.kubernetes

resources contains input.facts.id

# METADATA
# description: The file itself says that root runs it.
findings contains finding if {
	some container in images.last
	_state(container) == "set"
	_is_root(container.user)

	finding := {
		"code": "root_user",
		"resource": input.facts.id,
		"message": sprintf("%s runs as root", [images.called(container)]),
		"path": kubernetes.at(container, ["user"]),
	}
}

# METADATA
# description: No user is set, and the image that it stands on is known to run as root.
findings contains finding if {
	some container in images.last
	_state(container) == "root_base"

	finding := {
		"code": "no_user",
		"resource": input.facts.id,
		"message": sprintf("%s sets no user, and %s runs as root", [images.called(container), _base(container)]),
		"path": kubernetes.at(container, ["user"]),
	}
}

undetermined contains _unclear(container, "as which user it runs comes from a variable, or could not be read") if {
	some container in images.last
	_state(container) == "unreadable"
}

undetermined contains _unclear(container, "it sets no user, and as which its image runs is not known") if {
	some container in images.last
	_state(container) == "unknown_base"
}

undetermined contains {"resource": input.facts.id, "path": [], "reason": "what is built or run in the end could not be told"} if {
	count(images.last) == 0
}

undetermined contains entry if some entry in kubernetes.unreadable

_state(container) := "set" if {
	container.user_source == "file"
	is_string(container.user)
	trim_space(container.user) != ""
} else := "root_base" if {
	container.user_source == "image"
	_on_root(container)
} else := "unknown_base" if {
	container.user_source == "image"
} else := "unreadable"

_is_root(user) if regex.match(`^\s*(root|0+)\s*(:|$)`, user)

_on_root(container) if container.base_source == "scratch"

_on_root(container) if sprintf("%s/%s", [container.base.registry, container.base.repository]) in _root_images

_base(container) := container.base.repository if {
	is_string(container.base.repository)
} else := "scratch"

# Images that set no USER, in any of their versions.
_root_images := {name |
	some repository in {
		"library/ubuntu", "library/debian", "library/alpine", "library/fedora", "library/almalinux", "library/rockylinux",
		"library/amazonlinux", "library/centos", "library/busybox", "library/python", "library/golang", "library/rust",
		"library/buildpack-deps", "nvidia/cuda",
	}
	name := sprintf("docker.io/%s", [repository])
}

_unclear(container, reason) := {"resource": input.facts.id, "path": kubernetes.at(container, ["user"]), "reason": reason}
