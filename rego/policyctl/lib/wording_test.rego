package policyctl.lib.wording_test

import data.policyctl.lib.wording

test_a_text_says_something if {
	every text in ["Retail Risk", "Ärztekammer", "名前", "A", "the owner of the process"] {
		wording.says_something(text) == true
	}
}

test_placeholders_say_nothing if {
	every text in ["TBD", " tbd. ", "n/a", "N.A.", "<name>", "[Your name]", "to be determined", "-", "", " ", "???", "123", "John Doe"] {
		wording.says_something(text) == false
	}
}

test_what_is_no_text_says_nothing if {
	every value in [null, 7, true, {}, [], ["Retail Risk"], {"x": "Retail Risk"}] {
		wording.says_something(value) == false
		wording.names_person(value) == false
		wording.words(value) == 0
	}
}

test_two_words_name_a_person if {
	every name in ["Maria Keller", "Keller, Maria", "Dr. Siti N.", "Ludwig van Beethoven", "María-José O'Neill", "王 小明"] {
		wording.names_person(name) == true
	}
}

test_a_team_a_mailbox_or_one_word_is_no_person if {
	every name in ["Maria", "Risk Team", "Legal", "Compliance Office", "maria.keller@example.com", "Team <ai@example.com>", "TBD TBD"] {
		wording.names_person(name) == false
	}
}

test_words_are_counted_and_those_of_a_placeholder_are_not if {
	wording.words("Ranks applications for a clerk - who decides.") == 7
	wording.words("To be defined") == 0
}
