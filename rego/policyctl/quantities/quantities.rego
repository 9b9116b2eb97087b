# METADATA
# scope: package
# description: Resource quantities in Kubernetes' own grammar, made whole numbers as the collector makes them, rounded up.
package policyctl.quantities

# METADATA
# description: The quantities of a container's limits or requests; what is none is left out.
of(resources) := object.union(
	{name: _up(number * scale) |
		some name, of_resource in {"cpu": ["cpu", 1000], "memory": ["memory", 1], "ephemeral_storage": ["ephemeral-storage", 1]}
		[resource, scale] := of_resource
		number := _amount(resources[resource])
		number >= 0
	},
	{"accelerators": sum(devices) |
		devices := [number |
			some resource, value in resources
			_is_accelerator(resource)
			not is_wrong(resource, value)
			number := _amount(value)
		]
		devices != []
	},
)

# METADATA
# description: Whether this is no quantity of this resource. What other resources are given is not looked at.
is_wrong(resource, value) if {
	_is_counted(resource)
	not _is_amount(value)
}

is_wrong(resource, value) if {
	_is_accelerator(resource)
	not _is_whole(value)
}

_is_counted(resource) if resource in {"cpu", "memory", "ephemeral-storage"}

_is_counted(resource) if _is_accelerator(resource)

_is_amount(value) if _amount(value) >= 0

_is_whole(value) if {
	number := _amount(value)
	floor(number) == number
}

_is_accelerator(resource) if regex.match(_accelerators, resource)

# Digits before their scale, so that what is whole stays whole.
_amount(value) := min([number, _limit]) if {
	type_name(value) in {"string", "number"}
	text := sprintf("%v", [value])
	count(text) <= 64
	[_, sign, whole, fraction, suffix, exponent] := regex.find_all_string_submatch_n(_grammar, text, 1)[0]
	concat("", [whole, fraction]) != ""
	digits := _integer(concat("", [whole, fraction]))
	shift := count(fraction) - _power(exponent)
	number := {"": 1, "+": 1, "-": -1}[sign] * _shifted(digits * _scales[suffix][0], shift + _scales[suffix][1])
}

_power(exponent) := 0 - _integer(trim_left(exponent, "-")) if {
	startswith(exponent, "-")
} else := _integer(trim_left(exponent, "+"))

_integer(digits) := to_number(trim_left(digits, "0")) if {
	trim_left(digits, "0") != ""
} else := 0

_shifted(number, shift) := number / to_number(sprintf("1e%d", [shift])) if {
	shift >= 0
} else := number * to_number(sprintf("1e%d", [0 - shift]))

_up(number) := ceil(number)

_limit := 9223372036854775807

# What a suffix multiplies by, and by how many powers of ten it divides.
_scales := {
	"": [1, 0], "n": [1, 9], "u": [1, 6], "m": [1, 3],
	"k": [1000, 0], "M": [1000000, 0], "G": [1000000000, 0],
	"T": [1000000000000, 0], "P": [1000000000000000, 0], "E": [1000000000000000000, 0],
	"Ki": [1024, 0], "Mi": [1048576, 0], "Gi": [1073741824, 0],
	"Ti": [1099511627776, 0], "Pi": [1125899906842624, 0], "Ei": [1152921504606846976, 0],
}

_grammar := `^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?[0-9]{1,3}))?$`

_accelerators := concat("", [
	`^(nvidia\.com/(gpu(\.shared)?|mig-[\w.]+)|amd\.com/gpu|gpu\.intel\.com/(i915|xe)|habana\.ai/gaudi|google\.com/tpu`,
	`|cloud-tpus\.google\.com/[\w-]+|aws\.amazon\.com/neuron(core|device)?|huawei\.com/[Aa]scend\w*|cambricon\.com/\w*mlu\w*`,
	`|qualcomm\.com/qaic|furiosa\.ai/\w+|rebellions\.ai/\w+|tenstorrent\.com/\w+|metax-tech\.com/gpu|iluvatar\.ai/gpu`,
	`|alpha\.kubernetes\.io/nvidia-gpu|intel\.com/vpu|xilinx\.com/fpga[\w.-]*)$`,
])
