package policyctl.controls.system.marking_duty

import data.policyctl.lib.transparency_duties

resources := {input.facts.id}

# METADATA
# description: The answers establish the duty, and the class is not stated.
findings contains finding if some finding in transparency_duties.unstated("Art. 50(2)")

# METADATA
# description: The answers do not decide whether there is the duty.
undetermined contains doubt if some doubt in transparency_duties.undecided("Art. 50(2)")
