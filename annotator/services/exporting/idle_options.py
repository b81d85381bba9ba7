"""Options that a format has no use for: an export refuses them, as nobody would see that nothing came of them."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.errors import ExportError
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_writer, writer_names

_FOR_TAGS = ("conll",)
_FOR_TOKENS = ("conll", "conllu", "huggingface", "parquet")
USED_BY = {"clitics": _FOR_TOKENS, "scheme": _FOR_TAGS, "nested": _FOR_TAGS, "docstart": _FOR_TAGS}
"""The program's own formats that each option makes a difference to; a plug-in is asked with all of them."""
_USUAL = WriteOptions()


def check_options_apply(format: str, chosen: Mapping[str, str | bool]) -> None:
    """Raise ExportError where an option differs from what is usual and makes no difference to a format."""
    if not type(find_writer(format)).__module__.startswith("annotator."):
        return
    for option, value in chosen.items():
        if value != getattr(_USUAL, option) and format not in USED_BY[option]:
            raise ExportError(
                "{format} has no use for --{option}; leave it out, or choose one of: {known}.",
                format=format,
                option=option,
                known=", ".join(name for name in USED_BY[option] if name in writer_names()),
            )
