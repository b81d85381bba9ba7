"""The world's faults: a UserError is shown to the user in one sentence; every other exception is a bug.

A message says which file or thing, where in it, what is wrong and what to do about it. It is made from a template with
named fields, which the message carries along, so that the window can say the same in another language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Message(str):
    """An English sentence made from a template: Message("{path} is empty.", path=path).

    It is the sentence, as any str, and knows what it was made from: template and fields, whose values are numbers,
    texts and other sentences. Without fields the template is taken as it stands, braces included.
    """

    template: str
    fields: Mapping[str, object]

    def __new__(cls, template: str, /, **fields: object) -> Message:
        """Fill in the template as str.format does."""
        if not fields and isinstance(template, Message):
            return template
        pattern = template.template if isinstance(template, Message) else template
        made = super().__new__(cls, pattern.format(**fields) if fields else pattern)
        made.template, made.fields = pattern, {name: _plain(value) for name, value in fields.items()}
        return made


def _plain(value: object) -> object:
    """Return what can be kept, copied and sent to another process: a sentence, a text or a number."""
    if isinstance(value, UserError):
        return value.message
    return value if isinstance(value, str | int | float) else str(value)


def join_messages(sentences: Iterable[str]) -> Message:
    """Return one sentence that says several, with a blank between them."""
    parts = {f"said_{number}": sentence for number, sentence in enumerate(sentences)}
    return Message(" ".join(f"{{{name}}}" for name in parts), **parts)


class UserError(Exception):
    """Something outside the program is wrong, and the message says what to do about it."""

    def __init__(self, template: str, /, **fields: object) -> None:
        """Take the message as a Message takes it."""
        self.message = Message(template, **fields)
        super().__init__(self.message)


class InputError(UserError):
    """A file or record that was offered for import cannot be taken."""


class ProjectError(UserError):
    """A project file cannot be opened, read or written."""


class ExportError(UserError):
    """An export cannot be written, or did not read back as it was written."""


class SuggesterError(UserError):
    """A suggester cannot be found, loaded or run."""


class ResourceError(UserError):
    """A bundled or user-supplied resource (tagset, lexicon, font, model) is missing or malformed."""
