"""The world's faults: a UserError is shown to the user in one sentence; every other exception is a bug.

A message says which file or thing, where in it, what is wrong and what to do about it.
"""


class UserError(Exception):
    """Something outside the program is wrong, and the message says what to do about it."""


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
