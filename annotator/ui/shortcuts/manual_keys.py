"""The tables of keys in the manual, made from the table of actions: `python -m annotator.ui.shortcuts.manual_keys`."""

from __future__ import annotations

import re
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from annotator.resources import resource
from annotator.ui.base.actions import ACTIONS, KEY_GROUPS
from annotator.ui.base.i18n import LANGUAGES, QT_TRANSLATE_NOOP, current_language, set_language
from annotator.ui.base.key_map import isolate_key
from annotator.ui.base.key_sequences import display_key

_BEGIN, _END = "<!-- keys: made by annotator/ui/shortcuts/manual_keys.py -->", "<!-- end of keys -->"
_BETWEEN = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
_HEAD = (QT_TRANSLATE_NOOP("manual_keys", "Key"), QT_TRANSLATE_NOOP("manual_keys", "Action"))


def markdown() -> str:
    """Return the default keys in the language in use: for each group a heading and a table."""
    lines: list[str] = []
    for name, text in KEY_GROUPS:
        lines += _section(name, QCoreApplication.translate("menus", text))
    return "\n".join(lines)


def with_keys(text: str) -> str:
    """Return a page with the tables between its two marks replaced."""
    return _BETWEEN.sub(lambda _: f"{_BEGIN}\n\n{markdown()}\n{_END}", text)


def _section(menu: str, title: str) -> list[str]:
    rows = [
        f"| {' '.join(map(_code, spec.keys.split()))} | {_plain(spec.shown())} |"
        for spec in ACTIONS
        if spec.menu == menu and spec.keys
    ]
    if not rows:
        return []
    head = " | ".join(QCoreApplication.translate("manual_keys", each) for each in _HEAD)
    return [f"## {_plain(title)}", "", f"| {head} |", "|---|---|", *rows, ""]


def _code(key: str) -> str:
    """Return a key as code; between right-to-left words it is isolated, or its arrow would jump to the other side."""
    shown = display_key(key, mac=False)
    return isolate_key(f"`{shown}`") if current_language() == "ar" else f"`{shown}`"


def _plain(text: str) -> str:
    return text.rstrip("…").replace("&", "")


def main() -> None:
    """Write the tables into the pages of the manual in every language."""
    app = QApplication(sys.argv)
    for language in LANGUAGES:
        set_language(app, language)
        page = resource("manual", language, "keys.md")
        page.write_text(with_keys(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
