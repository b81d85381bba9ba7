"""Error messages of the lower layers, translated.

An error carries the template and the fields of its message (annotator.errors.Message). Templates are translated in the
context "errors"; annotator.ui.update_translations collects them from the raise statements.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

from PySide6.QtCore import QCoreApplication

from annotator.errors import Message, UserError
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, current_language, digits, isolate

SYSTEM = (
    QT_TRANSLATE_NOOP("errors", "Permission denied"),
    QT_TRANSLATE_NOOP("errors", "No such file or directory"),
    QT_TRANSLATE_NOOP("errors", "No space left on device"),
    QT_TRANSLATE_NOOP("errors", "Is a directory"),
    QT_TRANSLATE_NOOP("errors", "Not a directory"),
    QT_TRANSLATE_NOOP("errors", "Read-only file system"),
    QT_TRANSLATE_NOOP("errors", "File name too long"),
    QT_TRANSLATE_NOOP("errors", "Input/output error"),
    QT_TRANSLATE_NOOP("errors", "Device or resource busy"),
    QT_TRANSLATE_NOOP("errors", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("errors", "Operation not permitted"),
)
"""The most frequent errors of the operating system about files, which it reports in English."""
_FIELD = re.compile(r"\{[^{}]*\}")
_LINE = re.compile(r", line (\d+)$")


def error_text(message: str | UserError) -> str:
    """Return the message of an error in the current language, or in English if it has no translation."""
    said = message.message if isinstance(message, UserError) else message
    if current_language() == "en":
        return str(said)
    template = said.template if isinstance(said, Message) else str(said)
    known = QCoreApplication.translate("errors", template)
    fields = said.fields if isinstance(said, Message) else {}
    if known == template and any(map(str.isalpha, _FIELD.sub("", template))):
        return isolate(str(said))
    return _Filled().vformat(known, (), fields) if fields else known


def place_text(place: str) -> str:
    """Return a location such as "news.jsonl, line 12" in the current language."""
    match = _LINE.search(place)
    if match is None:
        return isolate(place)
    line = QCoreApplication.translate("places", "line {0}").format(digits(match[1]))
    comma = QCoreApplication.translate("places", ", ")
    return f"{isolate(place[: match.start()])}{comma}{line}"


class _Filled(Formatter):
    """Formats a template: messages are translated, other texts isolated, numbers written in the digits in use."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Translate a nested message; {field!r} keeps its quotation marks."""
        if isinstance(value, Message):
            return _Done(error_text(value))
        if conversion == "r":
            return repr(value)
        if isinstance(value, str) and (known := QCoreApplication.translate("errors", value)) != value:
            return _Done(known)
        return value

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format one value: numbers in the digits in use, texts isolated."""
        if isinstance(value, _Done):
            return str(value)
        text = format(value, format_spec)
        return digits(text) if isinstance(value, int | float) else isolate(text)


class _Done(str):
    """A text that is already translated."""

    __slots__ = ()
