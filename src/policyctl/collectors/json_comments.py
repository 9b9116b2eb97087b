"""JSON as editors and agents let people write it: with comments, and with a comma after the last value.

Only where the name says that its reader takes it so; for all else JSON is read strictly.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from policyctl.collectors.agent_file_names import is_list_name

_COMMENT: Final = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING: Final = re.compile(r'"(?:\\.|[^"\\\n])*"|[{\[,:]\s*,|,(?=\s*[}\]])')
"""Strings, commas before which no value stands (an error, left as it is), and those after a last one."""
_FOLDERS: Final = frozenset({".vscode", ".cursor", ".gemini", ".roo", ".kiro", ".qwen"})


def may_have_comments(path: str) -> bool:
    """Whether a file of this name is read by programs that pass over comments, as VS Code's own configuration is."""
    return is_list_name(path) or PurePath(path.replace("\\", "/")).parent.name in _FOLDERS


def without_comments(text: str) -> str:
    """The text with spaces where comments and trailing commas were, so that lines and columns stay."""
    return _TRAILING.sub(_blanked, _COMMENT.sub(_blanked, text))


def _blanked(found: re.Match[str]) -> str:
    return found[0] if found[0][0] in '"{[,:' and found[0] != "," else re.sub(r"[^\n]", " ", found[0])
