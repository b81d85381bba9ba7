"""The names of roles in the current language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.model.annotation import Role
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP

_NAMES = {
    Role.ANNOTATOR: QT_TRANSLATE_NOOP("roles", "Annotator"),
    Role.ADJUDICATOR: QT_TRANSLATE_NOOP("roles", "Adjudicator"),
    Role.LEAD: QT_TRANSLATE_NOOP("roles", "Lead"),
}


def role_name(role: Role) -> str:
    """Return the name of a role in the current language."""
    return QCoreApplication.translate("roles", _NAMES[role])
