"""The keys as a table for README.md: `python -m annotator.ui.shortcuts.readme_table README.md`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from annotator.ui.base.actions import ACTIONS, MENUS
from annotator.ui.base.key_sequences import written

_BEGIN, _END = "<!-- keys: made by annotator/ui/shortcuts/readme_table.py -->", "<!-- end of keys -->"
_BETWEEN = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)


def markdown() -> str:
    """Return the usual keys as a Markdown table in English: one row for each menu, with the keys before their names."""
    lines = ["| menu | keys |", "|---|---|"]
    for name, text in (*MENUS, ("", "(words)")):
        cells = [
            f"{' '.join(f'`{written(key, mac=False)}`' for key in spec.keys.split())} {spec.text.rstrip('…')}"
            for spec in ACTIONS
            if spec.menu == name and spec.keys
        ]
        if cells:
            lines.append(f"| {text.replace('&', '')} | {' · '.join(cells)} |")
    return "\n".join(lines)


def with_keys(text: str) -> str:
    """Return a text with the table put anew between its two marks; one without them stays as it is."""
    return _BETWEEN.sub(lambda _: f"{_BEGIN}\n{markdown()}\n{_END}", text)


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(with_keys(path.read_text("utf-8")), "utf-8")
