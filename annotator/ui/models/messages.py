"""Messages about suggesters and models: sources, size, state, progress, time left, errors."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from importlib.metadata import version as package_version

from PySide6.QtCore import QCoreApplication

from annotator.errors import UserError
from annotator.plugins import find_plugins, is_own
from annotator.suggest.model_folders import Precision, must_be_converted
from annotator.suggest.models.catalogue import Model
from annotator.suggest.models.install import Installed
from annotator.suggest.models.steps import Cause, InstallError
from annotator.suggest.registry import GROUP
from annotator.ui.base import error_messages as errors
from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, current_language, digits, isolate, with_direction_mark

_STEPS = {
    "download": QT_TRANSLATE_NOOP("models", "Downloading"),
    "check": QT_TRANSLATE_NOOP("models", "Checking"),
    "unpack": QT_TRANSLATE_NOOP("models", "Unpacking"),
    "convert": QT_TRANSLATE_NOOP("models", "Converting the weights"),
}
_FAULTS = {
    Cause.LINE: QT_TRANSLATE_NOOP(
        "models", "Cannot reach the server, or the connection was lost. Check the network and try again."
    ),
    Cause.GONE: QT_TRANSLATE_NOOP(
        "models", "The model is no longer at its address. Update the program, or install the model from a file."
    ),
    Cause.REFUSED: QT_TRANSLATE_NOOP(
        "models", "The server refused the request. Check your permission to use it, or try again later."
    ),
    Cause.WRONG: QT_TRANSLATE_NOOP("models", "The downloaded file is not the model and was deleted. Try again."),
    Cause.SOURCE: QT_TRANSLATE_NOOP("models", "This is not the model, or it is damaged. Download it again."),
    Cause.WEIGHTS: QT_TRANSLATE_NOOP("models", "Cannot convert the weights of the model. Download it again."),
    Cause.ROOM: QT_TRANSLATE_NOOP("models", "Not enough disk space. Free some space and try again."),
    Cause.BUSY: QT_TRANSLATE_NOOP("models", "Another installation is running. Wait for it to finish."),
    Cause.FOLDER: QT_TRANSLATE_NOOP(
        "models", "Cannot write to the model folder. Free some space there, or check your permission to write."
    ),
}


class Readiness(StrEnum):
    """Whether a suggester without a download can run."""

    READY = "ready"
    OFF = "off"
    UNTRAINED = "untrained"


_READINESS = {
    Readiness.READY: QT_TRANSLATE_NOOP("models", "ready"),
    Readiness.OFF: QT_TRANSLATE_NOOP("models", "off"),
    Readiness.UNTRAINED: QT_TRANSLATE_NOOP("models", "not trained yet"),
}
_ABOUT = {
    "combined": QT_TRANSLATE_NOOP(
        "models", "Makes one answer from those of the suggesters below. The editor shows its suggestions."
    ),
    "starter": QT_TRANSLATE_NOOP("models", "Two models (conditional random fields) for names in Arabic news."),
    "lexicon": QT_TRANSLATE_NOOP("models", "Lists of places, groups, forces and media."),
    "grammar": QT_TRANSLATE_NOOP(
        "models", "Rules for dates, casualties, attacks, facilities, weapons, titles and numbers."
    ),
    "network": QT_TRANSLATE_NOOP("models", "A small neural network that was trained on security news."),
    "stacked": QT_TRANSLATE_NOOP(
        "models", "A model (conditional random field) that has learned when the suggesters above are right."
    ),
    "memory": QT_TRANSLATE_NOOP("models", "Names that were confirmed earlier in this project."),
    "learned": QT_TRANSLATE_NOOP("models", "A model that the program trains on this project while you work."),
    "camel": QT_TRANSLATE_NOOP("models", "The recogniser of CAMeL Tools, a neural network."),
}
_SOURCES = {
    "combined": QT_TRANSLATE_NOOP(
        "models", "Trained on NewsFANE Gold by Fahd Alotaibi and Mark Lee (2014). Licence: CC BY-SA 3.0"
    ),
    "starter": QT_TRANSLATE_NOOP(
        "models",
        "Trained on NewsFANE Gold by Fahd Alotaibi and Mark Lee (2014). Licence: CC BY-SA 3.0. Lists of names: "
        "GeoNames and arabnamer (CC BY 4.0), Unicode CLDR, and others named in its model card",
    ),
    "lexicon": QT_TRANSLATE_NOOP(
        "models", "Lists written for this program (MIT), GeoNames (CC BY 4.0), and Unicode CLDR (Unicode-3.0)"
    ),
    "grammar": QT_TRANSLATE_NOOP("models", "Written for this program. Licence: MIT"),
    "network": QT_TRANSLATE_NOOP(
        "models",
        "multilingual-e5-small by Microsoft (MIT), trained on NewsFANE Gold by Fahd Alotaibi and Mark Lee (2014) and "
        "on articles written for this program. Licence: CC BY-SA 3.0",
    ),
    "stacked": QT_TRANSLATE_NOOP("models", "Trained on articles written for this program. Licence: MIT"),
    "memory": QT_TRANSLATE_NOOP("models", "The decisions of your team"),
    "learned": QT_TRANSLATE_NOOP("models", "The decisions of your team. The model never leaves this computer"),
    "camel": QT_TRANSLATE_NOOP("models", "CAMeL Lab, New York University Abu Dhabi. Licence of the program: MIT"),
}
translate = QCoreApplication.translate
_SOON = 50
"""In seconds; below it, no number of minutes is shown."""


def title_of(one: Installed) -> str:
    """Return the title of a model in the current language."""
    return one.model.titles[current_language()]


def readiness_text(readiness: Readiness) -> str:
    """Return whether a suggester can run, in a word or two."""
    return translate("models", _READINESS[readiness])


def about_text(name: str) -> str:
    """Return what a suggester is, where it comes from, its licence and its version, each on a line.

    A plug-in is described by the metadata of its package.
    """
    entry = find_plugins(GROUP).entries[name]
    version = package_version("camel-tools") if name == "camel" else entry.dist.version if entry.dist else ""
    about, source = _ABOUT.get(name), _SOURCES.get(name)
    if about and source and is_own(entry):
        lines = [translate("models", about), translate("models", source)]
    else:
        package = entry.dist.name if entry.dist else entry.value
        lines = [translate("models", "A plug-in of the package {0}.").format(isolate(package))]
        metadata = entry.dist.metadata if entry.dist else None
        given = [metadata[key] for key in ("License-Expression", "License") if metadata and key in metadata]
        if given:
            lines.append(translate("models", "licence: {0}").format(isolate(given[0].partition("\n")[0])))
    if version:
        lines.append(translate("models", "Version: {0}").format(isolate(version)))
    return "\n".join(map(with_direction_mark, lines))


def size_text(size: int) -> str:
    """Return a size in bytes as megabytes: "542 MB"; with one decimal below ten."""
    number = f"{size / 1e6:.0f}" if size >= 10_000_000 else f"{size / 1e6:.1f}"
    if current_language() == "ar":
        number = digits(number.replace(".", "٫"))
    return translate("models", "{0} MB").format(number)


def state_text(one: Installed) -> str:
    """Return the state of a model in a word or two."""
    if must_be_converted(one.folder):
        return translate("models", "must be converted")
    if one.problem:
        return translate("models", "damaged")
    if one.installed:
        return translate("models", "installed")
    if one.fetched:
        return translate("models", "{0} downloaded").format(size_text(one.fetched))
    return translate("models", "not installed")


def facts_text(one: Installed) -> str:
    """Return size, licence and suggester of a model."""
    model = one.model
    return "   ·   ".join(
        (
            size_text(model.size),
            translate("models", "licence: {0}").format(isolate(model.licence)),
            translate("models", "used by the suggester {0}").format(isolate(model.suggester)),
        )
    )


def location_text(one: Installed) -> str:
    """Return where a model is, what is wrong with it, or what to know before it is downloaded."""
    if one.problem:
        return errors.error_text(one.problem)
    if one.installed:
        return translate("models", "Location: {0}").format(isolate(str(one.folder)))
    if one.fetched:
        said = translate("models", "{0} of {1} are already downloaded. The next download continues from there.")
        return said.format(size_text(one.fetched), size_text(one.model.size))
    if one.local:
        return translate("models", "CAMeL Tools has this model on this computer. Nothing is downloaded.")
    return translate("models", "It is downloaded once. Nothing else uses the network.")


def precision_text(one: Installed) -> str:
    """Return what int8 changes, as far as the comparison at the installation showed it."""
    if one.found is None:
        return ""
    share = digits(one.found.percent)
    if current_language() == "ar":
        share = share.replace(".", "٫")
    if Precision.INT8 in one.found.precisions:
        said = translate("models", "{0}% of the words of the sample articles get the same label with both.")
    else:
        said = translate(
            "models", "Not available: only {0}% of the words of the sample articles get the same label with both."
        )
    return said.format(share)


def step_text(step: str) -> str:
    """Return the name of a step of the installer: "Downloading"."""
    return translate("models", _STEPS[step])


def progress_text(step: str, done: int, total: int, left: float | None) -> str:
    """Return how far a step is, in bytes, and the seconds left unless they are None."""
    parts = [step_text(step)]
    if step != "convert":
        parts.append(translate("models", "{0} of {1}").format(size_text(done), size_text(total)))
    if left is not None:
        parts.append(time_text(left))
    return "   ·   ".join(parts)


def install_error_text(error: UserError) -> str:
    """Return an error in the current language; the message of the error itself has the details."""
    said = _FAULTS.get(error.cause) if isinstance(error, InstallError) else None
    return translate("models", said) if said else errors.error_text(error)


def damage_text(model: Model, problems: Sequence[str]) -> str:
    """Return which model is damaged, with its problems, in the current language."""
    said = translate("models", "{0} is damaged:").format(isolate(model.titles[current_language()]))
    return " ".join((said, *map(errors.error_text, problems)))


def time_text(seconds: float) -> str:
    """Return how much time is left."""
    if seconds < _SOON:
        return translate("models", "less than a minute left")
    return translate("models", "about {0} min left").format(digits(max(1, round(seconds / 60))))


def time_left(first: int, done: int, total: int, seconds: float) -> float | None:
    """Return the seconds left for a step, from the bytes done in so many seconds; first were done at its start.

    None while too little is known.
    """
    if seconds < 1 or done <= first:
        return None
    return (total - done) * seconds / (done - first)
