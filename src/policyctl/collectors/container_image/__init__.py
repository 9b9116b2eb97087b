"""Dockerfiles and compose files: what is built into an image, and how a service runs it.

Facts written: those of `policyctl.model.facts.container_image`. A Dockerfile is one subject, and so is each service of a
compose file. Only the file itself is read: not what it copies, includes, extends or takes variables from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.collectors.container_image.recognition import is_compose, is_dockerfile
from policyctl.model.content import Content
from policyctl.model.document import Input, Kind


class ContainerImageCollector:
    """Collects facts about every Dockerfile, and every service of compose files."""

    kind: Kind = "container_image"

    def recognises(self, content: Content) -> bool:
        """Whether the content is a Dockerfile, or a compose file with a service that has an image, a build or a parent."""
        return is_compose(content) or is_dockerfile(content)

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """For each content its subjects as one decided `Input`, then one more for each other file that it names."""
        # What reads them is imported when there are some.
        from policyctl.collectors.container_image.collecting import collect

        yield from collect(contents)
