"""Examples of a label as lines of text to edit: the marked part stands in square brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from annotator.domain.tagset.tagset import Example

_MARKED = re.compile(r"\[([^\[\]]+)\]")


def examples_text(examples: Iterable[Example]) -> str:
    """Write examples as lines: "زار الوفد [بغداد] أمس."."""
    return "\n".join(e.text.replace(e.span, f"[{e.span}]", 1) for e in examples)


def read_examples(text: str, held: Sequence[Example]) -> tuple[Example, ...]:
    """Read back such lines; a line that is as it was keeps its note.

    A line without brackets has an empty marked part, which Describe refuses.
    """
    notes = {(e.text, e.span): e.note for e in held}
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _MARKED.search(line)
        span = match[1] if match else ""
        bare = line[: match.start()] + span + line[match.end() :] if match else line
        found.append(Example(bare, span, notes.get((bare, span), {})))
    return tuple(found)
