"""User errors: exceptions whose message is shown to the user. Every other exception is a bug.

A message names the file or thing, the place in it, what is wrong, and what to do. It keeps its template and fields, so
that the window can translate it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Message(str):
    """A str in English that keeps its template and fields: Message("{path} is empty.", path=path).

    Fields are numbers, texts and other messages. Without fields the template is used as it is, braces included.
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
    """Return a value that can be pickled and sent to another process: a message, a text or a number."""
    if isinstance(value, UserError):
        return value.message
    return value if isinstance(value, str | int | float) else str(value)


def join_messages(messages: Iterable[str]) -> Message:
    """Return several messages as one, separated by spaces."""
    parts = {f"said_{number}": message for number, message in enumerate(messages)}
    return Message(" ".join(f"{{{name}}}" for name in parts), **parts)


class UserError(Exception):
    """Something outside the program is wrong; the message says what to do about it.

    It takes the template and the fields of a Message.
    """

    def __init__(self, template: str, /, **fields: object) -> None:
        self.message = Message(template, **fields)
        super().__init__(self.message)


class InputError(UserError):
    """A file or record cannot be imported."""


class ProjectError(UserError):
    """A project file cannot be opened, read or written."""


class ExportError(UserError):
    """An export cannot be written, or differs from the project when it is read back."""


class SuggesterError(UserError):
    """A suggester cannot be found, loaded or run."""


class ResourceError(UserError):
    """A bundled or user-supplied resource (tagset, lexicon, font, model) is missing or malformed."""
