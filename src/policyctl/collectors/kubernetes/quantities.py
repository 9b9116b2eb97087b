"""Resource quantities in Kubernetes' own grammar, made whole numbers.

Source: Kubernetes API reference, "Quantity"; accelerators by the resource names that the device plug-ins document.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal

from policyctl.collectors.kubernetes.fields import CONTAINERS, Fields, Node, dotted
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Quantities

_GRAMMAR = re.compile(
    r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?[0-9]{1,3}))?"
)
_SCALE = {
    "n": Decimal("1e-9"),
    "u": Decimal("1e-6"),
    "m": Decimal("1e-3"),
    "k": Decimal(10**3),
    "M": Decimal(10**6),
    "G": Decimal(10**9),
    "T": Decimal(10**12),
    "P": Decimal(10**15),
    "E": Decimal(10**18),
    "Ki": Decimal(2**10),
    "Mi": Decimal(2**20),
    "Gi": Decimal(2**30),
    "Ti": Decimal(2**40),
    "Pi": Decimal(2**50),
    "Ei": Decimal(2**60),
}
_LIMIT = Decimal(2**63 - 1)
_LONGEST = 64

_ACCELERATOR = re.compile(
    r"(nvidia\.com/(gpu(\.shared)?|mig-[\w.]+)|amd\.com/gpu|gpu\.intel\.com/(i915|xe)|habana\.ai/gaudi|google\.com/tpu"
    r"|cloud-tpus\.google\.com/[\w-]+|aws\.amazon\.com/neuron(core|device)?|huawei\.com/[Aa]scend\w*|cambricon\.com/\w*mlu\w*"
    r"|qualcomm\.com/qaic|furiosa\.ai/\w+|rebellions\.ai/\w+|tenstorrent\.com/\w+|metax-tech\.com/gpu|iluvatar\.ai/gpu"
    r"|alpha\.kubernetes\.io/nvidia-gpu|intel\.com/vpu|xilinx\.com/fpga[\w.-]*)"
)


def is_accelerator(resource: str) -> bool:
    """Whether a resource name stands for GPU, TPU or NPU devices."""
    return _ACCELERATOR.fullmatch(resource) is not None


def amount(value: object) -> Decimal | None:
    """A quantity as Kubernetes reads it ("100m", "1.5Gi", "2e3", 0.1); None when it is not one.

    Numbers in YAML are taken by their shortest decimal form. What does not fit 63 bits is capped by Kubernetes, and so
    here.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = value if isinstance(value, str) else str(value)
    found = _GRAMMAR.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    number, suffix, exponent = found.groups()
    scale = _SCALE[suffix] if suffix else Decimal(f"1e{int(exponent)}") if exponent else Decimal(1)
    return min(max(Decimal(number) * scale, -_LIMIT), _LIMIT)


def read_quantities(fields: Fields, node: Node, key: str, path: Path) -> Quantities:
    """The quantities under `key` ("limits" or "requests"). What is not a quantity, or negative, is a gap."""
    found: Quantities = {}
    accelerators: int | None = None
    for resource, value in fields.mapping(node, key, path, CONTAINERS).items():
        accelerator = is_accelerator(resource)
        if not accelerator and resource not in {"cpu", "memory", "ephemeral-storage"}:
            continue
        read = amount(value)
        whole = read is not None and read == read.to_integral_value()
        if read is None or read < 0 or (accelerator and not whole):
            wanted = "a whole number of devices" if accelerator else "a quantity such as 500m or 2Gi"
            shown = f"{value!r}" if isinstance(value, str) and len(value) <= _LONGEST else type(value).__name__
            hides = (*CONTAINERS, "ai_workload", "ai_reasons") if accelerator else CONTAINERS
            fields.gap(f"{dotted((*path, key))}.{resource} is {shown}, not {wanted}", hides)
            continue
        match resource:
            case "cpu":
                found["cpu"] = _up(read * 1000)
            case "memory":
                found["memory"] = _up(read)
            case "ephemeral-storage":
                found["ephemeral_storage"] = _up(read)
            case _:
                accelerators = (accelerators or 0) + _up(read)
    if accelerators is not None:
        found["accelerators"] = accelerators
    return found


def _up(value: Decimal) -> int:
    return int(value.to_integral_value(rounding=ROUND_CEILING))
