# METADATA
# scope: package
# description: Whether a duty that only some risk classes have holds, by what labels say and what is established. No control logic.
package policyctl.lib.risk_class

# METADATA
# description: |
#   "yes", "no" or "untold". `classes` are the texts that labels give as risk class, `hidden` whether there may be others that are not
#   shown, `rules` a control's parameters owed_for and not_owed_for. No risk class at all is answered as the law's strictest; one that is
#   in neither list, or not shown, leaves it open. Of a system that is established as high-risk a label cannot say otherwise.
duty(classes, hidden, rules) := "yes" if {
	_established_high_risk
} else := "yes" if {
	count(classes) == 0
	hidden == false
} else := "yes" if {
	some class in classes
	lower(class) in {lower(owed) | some owed in rules.owed_for}
} else := "no" if {
	count(classes) > 0
	count({lower(class) | some class in classes} - {lower(class) | some class in rules.not_owed_for}) == 0
} else := "untold"

_established_high_risk if {
	some class in input.system.classes
	class.id == "high_risk"
}
