package policyctl.controls.supply_chain.verified_downloads

import data.policyctl.lib.images

resources contains input.facts.id if images.builds

# METADATA
# description: Whoever controls the address, or the way to it, decides what becomes part of the image.
findings contains finding if {
	some download in _downloads
	download.verified == false
	defect := _defects[download.how]

	finding := {
		"code": download.how,
		"resource": input.facts.id,
		"message": sprintf("%s %s", [_url(download), defect]),
		"path": _path(download),
	}
}

undetermined contains {"resource": input.facts.id, "path": _path(download), "reason": "whether something is fetched and verified comes from a variable"} if {
	some download in _downloads
	is_object(download)
	not _settled(download)
}

undetermined contains _unclear("a download could not be read") if {
	some download in _downloads
	not is_object(download)
}

undetermined contains _unclear("the downloads could not be read") if not is_array(_downloads)

_defects := {
	"add": "is added without a checksum",
	"piped": "is run as it comes, without a look at it",
	"saved": "is fetched, and neither a checksum nor a signature is verified",
}

_settled(download) if download.verified == true

_settled(download) if {
	download.verified == false
	_defects[download.how]
}

_url(download) := download.url if {
	is_string(download.url)
	download.url != ""
} else := "something"

_path(download) := download.path if {
	is_array(download.path)
} else := []

_unclear(reason) := {"resource": input.facts.id, "path": [], "reason": reason}

default _downloads := null

_downloads := input.facts.downloads
