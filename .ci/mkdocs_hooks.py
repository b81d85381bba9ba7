"""Hooks of mkdocs: the Arabic pages read from right to left."""

from __future__ import annotations

from typing import Any


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Wrap the content of a page in the direction of its language."""
    if not page.file.src_uri.startswith("ar/"):
        return html
    return f'<div dir="rtl" lang="ar">{html.replace("<pre>", "<pre dir=ltr>")}</div>'
