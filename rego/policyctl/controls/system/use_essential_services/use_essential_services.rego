package policyctl.controls.system.use_essential_services

import data.policyctl.lib.listed_uses

resources := {input.facts.id}

# METADATA
# description: The answers establish such a use, and the class is not stated.
findings contains finding if some finding in listed_uses.unstated("annex_iii.essential_services")

# METADATA
# description: The answers do not decide whether the system is used so.
undetermined contains doubt if some doubt in listed_uses.undecided("annex_iii.essential_services")
