# METADATA
# scope: package
# description: |
#   What has a licence: a card, or each model and dataset of a bill of materials (BOM). No control logic.
package policyctl.lib.licensed

import data.policyctl.lib.bom
import data.policyctl.lib.model_card

# METADATA
# description: |
#   Each thing, with its id, its licences (null where there is no such fact), the path at which they stand, and the word for the
#   document. A dataset inside of a model's card is none: CycloneDX has no place for its licence.
things contains thing if {
	not in_a_bom
	some id in model_card.cards
	thing := {"id": id, "licences": _licences, "path": ["metadata", "license"], "document": "card"}
}

things contains thing if {
	in_a_bom
	some listed in [bom.models, [dataset | some dataset in bom.datasets; not _is_inline(dataset)]]
	some one in listed

	thing := {
		"id": one.id,
		"licences": object.get(one, "licences", null),
		"path": bom.at(one, ["licenses"]),
		"document": "BOM",
	}
}

# METADATA
# description: Models and datasets of which nothing can be told, as entries of `undetermined`.
unread := bom.unread_models | bom.unread_datasets if {
	in_a_bom
} else := set()

# METADATA
# description: What SPDX writes in place of a licence, and what it says by that.
words := {"NOASSERTION": "not_asserted", "NONE": "none"}

# METADATA
# description: The document is a BOM.
in_a_bom if input.kind == "bom"

_is_inline(dataset) if dataset.inline == true

default _licences := null

_licences := input.facts.licences
