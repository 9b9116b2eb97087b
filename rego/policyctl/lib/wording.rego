# METADATA
# scope: package
# description: |
#   Whether what people write says anything. No control logic. Functions are total and take any value: what is no text says nothing.
package policyctl.lib.wording

# METADATA
# description: Whether a text says something. Placeholders such as TBD or n/a, and texts without a letter, do not.
says_something(text) if {
	is_string(text)
	regex.match(`\p{L}`, text)
	not _plain(text) in _placeholders
} else := false

# METADATA
# description: |
#   Whether a text names one person: two words or more, none of which is that of a group, and no address. Who has one name only
#   writes it with an initial or a patronymic.
names_person(text) if {
	says_something(text)
	not contains(text, "@")
	words := {word | some written in regex.split(`[\s,]+`, text); word := trim(lower(written), ".()-_"); regex.match(`\p{L}`, word)}
	count(words) > 1
	count(words & _groups) == 0
} else := false

# METADATA
# description: How many words a text has; none where it says nothing.
words(text) := count([word | some word in regex.split(`\s+`, text); regex.match(`\p{L}`, word)]) if {
	says_something(text)
} else := 0

_plain(text) := trim(lower(text), " \t\n.,:;!?-_<>[](){}*…")

_placeholders := {
	"tbd", "tba", "tbc", "todo", "to do", "fixme", "n/a", "na", "n.a", "nil", "null", "none", "unknown", "unassigned", "undefined",
	"nobody", "no one", "noone", "somebody", "someone", "not applicable", "not assigned", "not defined", "not yet", "pending",
	"to be assigned", "to be confirmed", "to be decided", "to be defined", "to be determined", "to be done", "more information needed",
	"x", "xx", "xxx", "xxxx", "xyz", "abc", "foo", "bar", "test", "example", "placeholder", "name", "first name last name",
	"firstname lastname", "first last", "your name", "full name", "owner", "purpose", "statement", "lorem ipsum", "john doe", "jane doe",
	"max mustermann", "erika mustermann",
}

_groups := {
	"board", "committee", "compliance", "council", "department", "dept", "desk", "division", "gmbh", "governance", "group", "hotline",
	"inbox", "inc", "legal", "llc", "ltd", "mailbox", "management", "office", "staff", "team", "teams", "tbd", "unit",
}
