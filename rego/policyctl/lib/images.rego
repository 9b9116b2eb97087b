# METADATA
# scope: package
# description: |
#   Questions about a Dockerfile or a service of a compose file. No control logic. Every function is total, so that absence has a name.
package policyctl.lib.images

import data.policyctl.lib.kubernetes

# METADATA
# description: Whether the document may be about something that runs. Only the plain word "dockerfile" says that it only builds.
default runs := true

runs := false if input.facts.source == "dockerfile"

# METADATA
# description: Whether the document may be about a build. Only the plain word "compose" says that it is none.
default builds := true

builds := false if input.facts.source == "compose"

# METADATA
# description: |
#   What is built or run in the end: the last stage, or the container of a service. A container of which it is not known counts.
last := [container | some container in kubernetes.containers; not _on_the_way(container)]

_on_the_way(container) if container.role in {"stage", "copied"}

# METADATA
# description: What a container is, with its name, in words.
called(container) := sprintf("%s %s", [_words[container.role], kubernetes.name(container)]) if {
	_words[container.role]
} else := sprintf("container %s", [kubernetes.name(container)])

# METADATA
# description: What a container does with its image, in words.
takes(container) := "the build copies files from" if {
	container.role == "copied"
} else := sprintf("%s stands on", [called(container)]) if {
	container.role in {"stage", "final"}
} else := sprintf("%s runs", [called(container)])

_words := {"stage": "stage", "final": "stage", "copied": "image", "service": "service"}
