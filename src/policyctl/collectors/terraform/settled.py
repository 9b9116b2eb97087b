"""Which configured values are known while planning, so that what is unknown can only come from the provider."""

from __future__ import annotations

from policyctl.collectors.terraform.addresses import Word
from policyctl.collectors.terraform.configuration import Block, Configuration, Names, is_expression


class Settled:
    """Answers whether a word's value was known when planning: variables, keys and constants are, resources may not be.

    A child module's variable is as known as the expressions in its call. Locals are not followed: the plan has none.
    """

    def __init__(self, configuration: Configuration) -> None:
        self._modules = configuration.modules
        self._answers: dict[tuple[Names, str], bool] = {}

    def known(self, names: Names, words: tuple[Word, ...], owner: Block | None) -> bool:
        """Whether all words are known in the module `names`; `owner` is the block whose for_each gives each.value."""
        return bool(words) and all(self._known(names, one, owner) for one in words)

    def _known(self, names: Names, one: Word, owner: Block | None) -> bool:
        if one.kind == "var":
            return self._variable(names, one.name)
        first = one.text.split(".", 1)[0]
        if first in {"count", "path", "terraform"} or one.text == "each.key":
            return True
        if one.text.startswith("each.value") and owner is not None and owner.each is not None:
            return all(word.text != one.text and self._known(names, word, None) for word in owner.each)
        return False

    def _variable(self, names: Names, name: str) -> bool:
        if not names:
            return True
        if (names, name) in self._answers:
            return self._answers[names, name]
        # A variable cannot depend on itself; a plan that says so is told "not known".
        self._answers[names, name] = False
        parent = self._modules.get(names[:-1])
        call = parent.calls.get(names[-1]) if parent else None
        answer = call is not None and self._argument(names[:-1], call, name)
        self._answers[names, name] = answer
        return answer

    def _argument(self, names: Names, call: Block, name: str) -> bool:
        expression = call.expressions.get(name)
        if expression is None:
            return True
        if not is_expression(expression):
            return False
        if "constant_value" in expression:
            return True
        words = next((one.words for one in call.named if one.path == name), ())
        return self.known(names, words, call)
