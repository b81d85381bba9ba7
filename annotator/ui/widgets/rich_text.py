"""The pages of rich text: the guideline of a label, About."""

from __future__ import annotations

from html import escape

import PySide6
from PySide6.QtCore import QCoreApplication

import annotator
from annotator.domain.tagset.tagset import Example, Label
from annotator.ui.base.i18n import current_language, digits
from annotator.ui.base.palette import PagePalette, label_colours
from annotator.ui.base.theme import Theme

# HTML headings ask for a bolder weight than the bundled fonts have; Qt then smears Arabic letters.
_TITLE = "font-size:22px; font-weight:600; margin-top:0px; margin-bottom:8px"
_HEADING = "font-weight:600; margin-top:20px; margin-bottom:6px"


def guideline_page(label: Label, theme: Theme) -> str:
    """Return the guideline of a label with its examples, whose marked part has the colour of the label."""
    language = current_language()
    colour = label_colours(label.colour[theme.scheme], PagePalette.of(theme)).ink.name()
    shortcut = QCoreApplication.translate("tagset", "shortcut {0}").format(digits(label.key))
    key = f" · {escape(shortcut)}" if label.key else ""
    parts = [
        f'<p style="{_TITLE}"><span style="color:{colour}">■</span> {escape(label.name(language))}'
        f' <span style="color:{theme.muted}; font-size:14px; font-weight:400">{escape(label.id)}{key}</span></p>',
        f'<p style="line-height:130%">{escape(label.guideline.get(language, ""))}</p>',
    ]
    groups = (
        (QCoreApplication.translate("rich_text", "Like this"), label.examples, f"color:{colour}; font-weight:600"),
        (
            QCoreApplication.translate("rich_text", "Not like this"),
            label.counter_examples,
            f"color:{theme.danger}; text-decoration:line-through",
        ),
    )
    for heading, examples, style in groups:
        if examples:
            parts.append(f'<p style="{_HEADING}; color:{theme.muted}">{heading}</p>')
            parts.extend(_example(example, style, theme, language) for example in examples)
    return "".join(parts)


def about_page(theme: Theme) -> str:
    """Return what the program is, its version and licences."""
    what = QCoreApplication.translate(
        "rich_text", "Labels named entities in Arabic security news, from right to left, with the keyboard."
    )
    version = QCoreApplication.translate("rich_text", "Version {0}, with Qt {1}").format(
        annotator.__version__, PySide6.__version__
    )
    licence = QCoreApplication.translate(
        "rich_text",
        "The program is under the MIT licence, the fonts Noto Naskh Arabic and IBM Plex Sans Arabic "
        "under the SIL Open Font License, and Qt for Python under the LGPL.",
    )
    name = QCoreApplication.translate("rich_text", "Annotation editor")
    return (
        f'<p style="{_TITLE}">{escape(name)}</p><p>{escape(what)}</p>'
        f'<p>{escape(version)}</p><p style="color:{theme.muted}">{escape(licence)}</p>'
    )


def _example(example: Example, style: str, theme: Theme, language: str) -> str:
    """Return an example, which is Arabic in every language of the interface."""
    before, _, after = example.text.partition(example.span)
    marked = f'{escape(before)}<span style="{style}">{escape(example.span)}</span>{escape(after)}'
    note = escape(example.note.get(language, ""))
    shown = f'<p dir="rtl" style="font-size:17px; margin-bottom:2px">{marked}</p>'
    return shown + (f'<p style="color:{theme.muted}; margin-top:0px">{note}</p>' if note else "")
