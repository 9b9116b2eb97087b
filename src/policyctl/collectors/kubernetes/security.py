"""The securityContext of a pod or container, as written.

Source: Kubernetes, "Pod Security Standards", profile Restricted.
"""

from __future__ import annotations

from policyctl.collectors.kubernetes.fields import Fields, Node, dotted
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import SecurityContext


def read_security_context(fields: Fields, node: Node, path: Path, hides: tuple[str, ...]) -> SecurityContext:
    """The fields that are set; a field of the wrong type is a gap in `hides`."""
    context = fields.mapping(node, "securityContext", path, hides)
    at = (*path, "securityContext")
    found: SecurityContext = {}
    if not context:
        return found
    if (privileged := fields.flag(context, "privileged", at, hides)) is not None:
        found["privileged"] = privileged
    if (escalation := fields.flag(context, "allowPrivilegeEscalation", at, hides)) is not None:
        found["allow_privilege_escalation"] = escalation
    if (non_root := fields.flag(context, "runAsNonRoot", at, hides)) is not None:
        found["run_as_non_root"] = non_root
    if (read_only := fields.flag(context, "readOnlyRootFilesystem", at, hides)) is not None:
        found["read_only_root_filesystem"] = read_only
    if (user := fields.number(context, "runAsUser", at, hides)) is not None:
        found["run_as_user"] = user
    if (group := fields.number(context, "runAsGroup", at, hides)) is not None:
        found["run_as_group"] = group
    if (fs_group := fields.number(context, "fsGroup", at, hides)) is not None:
        found["fs_group"] = fs_group
    if (proc_mount := fields.text(context, "procMount", at, hides)) is not None:
        found["proc_mount"] = proc_mount
    _profiles(fields, context, at, hides, found)
    _capabilities(fields, context, at, hides, found)
    if context.get("sysctls") is not None:
        found["sysctls"] = []
        for place, entry in fields.items(context, "sysctls", at, hides):
            if name := fields.text(entry, "name", place, hides):
                found["sysctls"].append(name)
            else:
                fields.gap(f"{dotted(place)} has no name", hides)
    return found


def _profiles(fields: Fields, context: Node, at: Path, hides: tuple[str, ...], found: SecurityContext) -> None:
    seccomp = fields.mapping(context, "seccompProfile", at, hides)
    if (profile := fields.text(seccomp, "type", (*at, "seccompProfile"), hides)) is not None:
        found["seccomp_profile"] = profile
    armor = fields.mapping(context, "appArmorProfile", at, hides)
    if (profile := fields.text(armor, "type", (*at, "appArmorProfile"), hides)) is not None:
        found["app_armor_profile"] = profile
    windows = fields.mapping(context, "windowsOptions", at, hides)
    if (host_process := fields.flag(windows, "hostProcess", (*at, "windowsOptions"), hides)) is not None:
        found["host_process"] = host_process
    linux, place = fields.mapping(context, "seLinuxOptions", at, hides), (*at, "seLinuxOptions")
    if (kind := fields.text(linux, "type", place, hides)) is not None:
        found["se_linux_type"] = kind
    if (user := fields.text(linux, "user", place, hides)) is not None:
        found["se_linux_user"] = user
    if (role := fields.text(linux, "role", place, hides)) is not None:
        found["se_linux_role"] = role


def _capabilities(fields: Fields, context: Node, at: Path, hides: tuple[str, ...], found: SecurityContext) -> None:
    capabilities, place = fields.mapping(context, "capabilities", at, hides), (*at, "capabilities")
    if capabilities.get("add") is not None:
        found["capabilities_add"] = [name for _, name in fields.texts(capabilities, "add", place, hides)]
    if capabilities.get("drop") is not None:
        found["capabilities_drop"] = [name for _, name in fields.texts(capabilities, "drop", place, hides)]
