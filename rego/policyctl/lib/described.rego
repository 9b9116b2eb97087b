# METADATA
# scope: package
# description: |
#   What is described in sections: a card, or each model of a bill of materials (BOM), which holds a card of its own. No control logic.
package policyctl.lib.described

import data.policyctl.lib.bom
import data.policyctl.lib.model_card

# METADATA
# description: The ids of what is described.
resources := bom.model_ids if {
	_is_bom
} else := model_card.cards

# METADATA
# description: Models of a BOM of which nothing can be told, as entries of `undetermined`.
unread := bom.unread_models if {
	_is_bom
} else := set()

# METADATA
# description: The defects of the sections of one kind, as findings, none where enough is written. `what` names them for people.
defects(kind, minimum, what) := {defect |
	some model in bom.models
	code := model_card.state_in(bom.listed(model, "sections"), kind, minimum)
	defect := {
		"code": code,
		"resource": model.id,
		"message": sprintf(_messages[code], [what]),
		"path": bom.at(model, ["modelCard", "considerations"]),
	}
} if {
	_is_bom
} else := model_card.defects(kind, minimum, what)

_messages := {
	"missing": "the BOM does not state %s",
	"placeholder": "the BOM has a place for %s and nothing in it",
	"short": "the BOM says too little about %s",
}

_is_bom if input.kind == "bom"
