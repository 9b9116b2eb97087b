# METADATA
# scope: package
# description: |
#   Questions about a model card or dataset card. No control logic. Every function is total, so that absence has a name.
package policyctl.lib.model_card

# METADATA
# description: The id of every card.
cards := {input.facts.id}

# METADATA
# description: The id of a card that is not plainly one of a dataset.
models contains input.facts.id if _subject_type != "dataset"

# METADATA
# description: The id of a dataset's card.
datasets contains input.facts.id if _subject_type == "dataset"

# METADATA
# description: |
#   How much the card says in its sections of one kind: written (at least `minimum` words in all), short, placeholder (headings and
#   nothing of their own), missing.
state(kind, minimum) := state_in(_sections, kind, minimum)

# METADATA
# description: The same of any list of sections.
state_in(sections, kind, minimum) := "written" if {
	_words(sections, kind) > 0
	_words(sections, kind) >= minimum
} else := "short" if {
	_words(sections, kind) > 0
} else := "placeholder" if {
	kind in {section.kind | some section in sections}
} else := "missing"

# METADATA
# description: |
#   The defect of the sections of one kind, as findings, none where enough is written. `what` names them for people.
defects(kind, minimum, what) := {defect |
	code := state(kind, minimum)
	defect := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [what]),
		"path": ["sections", kind],
	}
}

# METADATA
# description: A text that says something, or the given word where it does not.
text(value, otherwise) := value if {
	is_string(value)
	trim_space(value) != ""
} else := otherwise

# METADATA
# description: The path of a thing that knows where it stands.
at(thing, otherwise) := thing.path if {
	is_array(thing.path)
} else := otherwise

_messages := {
	"missing": "the card does not state %s",
	"placeholder": "the card has a heading for %s and nothing under it",
	"short": "the card says too little about %s",
}

_words(sections, kind) := sum([section.words |
	some section in sections
	section.kind == kind
	section.placeholder == false
	is_number(section.words)
])

default _subject_type := null

_subject_type := input.facts.subject_type

default _sections := []

_sections := input.facts.sections
