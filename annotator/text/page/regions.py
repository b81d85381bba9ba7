"""Find the regions of a news page (headline, date line, caption, debris) without changing the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.domain.model.document import Region, RegionKind
from annotator.domain.model.span import Span
from annotator.text.characters import BLANK, LINE_END
from annotator.text.normalise import normalise_key
from annotator.text.page.dates import parse_date
from annotator.text.page.debris import (
    LONGEST_END,
    find_trailing_tags,
    is_closing_heading,
    is_debris,
    is_link_heading,
    is_single_button,
    looks_like_headline,
)

_LINES_OF_HEAD = 8
_TITLE_LENGTHS = range(15, 161)  # code points
_WORDS_OF_A_TITLE = 5
_LONGEST_DATE_LINE = 100
_LONGEST_CAPTION = 250

_BYLINE = re.compile(r"\S+(?:\s\S+){0,3}\s?[-–—ـ_:/|]+\s?\S+(?:\s\S+){0,2}")
_CREDIT = re.compile(r"(?P<scene>.*)\((?P<credit>[^()]{2,60})\)[\s.]*", re.DOTALL)
_BEHIND_A_CREDIT = "." + BLANK
_AGENCY = re.compile(
    r"\b(?:الاناضول|رويترز|فرانس برس|فرنس برس|الفرنسيه|ا ?ف ب|د ب ا|ا ب|اسوشييتد برس|اسوشيتد برس|اسوشيتدبرس|الالمانيه|"
    r"الاوروبيه|غيتي|جيتي|getty|afp|reuters|ap|epa|anadolu|nurphoto|العربي الجديد|الجزيره|سبوتنيك|شينخوا|"
    r"واس|وام|سانا|بترا|كونا|وفا|قنا|انترنت|الانترنت|تويتر|فيسبوك|مواقع التواصل|ارشيف|ارشيفيه|تصوير)\b"
)


def find_regions(text: str, title: str = "") -> tuple[Region, ...]:
    """Return the regions of a text in order; none overlap. The value of a date is ISO.

    title is the headline, if it is known: then the first line is a title only if it is the same. What is not certain
    stays plain text.
    """
    starts, lines = _lines(text)
    kinds = _debris_lines(text, starts, lines)
    head = [i for i in range(min(len(lines), _LINES_OF_HEAD + len(kinds))) if i not in kinds][:_LINES_OF_HEAD]
    day = ""
    for i in head:
        if len(lines[i]) <= _LONGEST_DATE_LINE and (date := parse_date(lines[i])) is not None:
            kinds[i], day = RegionKind.DATE, date.isoformat()
            break
    if "(" in text:
        for i in [i for i, line in enumerate(lines) if "(" in line]:
            if i not in kinds and _is_caption(lines[i], i in head):
                kinds[i] = RegionKind.CAPTION
    if lines and 0 not in kinds and _is_title(text, starts, lines, kinds, title):
        kinds[0] = RegionKind.TITLE
    found = [(Span(starts[i], starts[i] + len(lines[i])), kind) for i, kind in kinds.items()]
    tail = find_trailing_tags(text)
    if tail is not None and not any(span.overlaps(Span(*tail)) for span, _ in found):
        found.append((Span(*tail), RegionKind.DEBRIS))
    return tuple(Region(span, kind, day if kind is RegionKind.DATE else "") for span, kind in sorted(found))


def _lines(text: str) -> tuple[list[int], list[str]]:
    """Return the offsets in code points of the lines that are not blank, and the lines without blanks at their edges.

    Invisible characters at the edges are left out too.
    """
    starts: list[int] = []
    lines: list[str] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if shown := line.strip(BLANK):
            starts.append(start if line[0] == shown[0] else start + line.index(shown))
            lines.append(shown)
        start += len(line)
    return starts, lines


def _debris_lines(text: str, starts: Sequence[int], lines: Sequence[str]) -> dict[int, RegionKind]:
    """Return the numbers of the lines that are debris."""
    found = {i for i, line in enumerate(lines) if is_debris(line)}
    for i in range(len(lines) - 1, -1, -1):
        if len(text) - starts[i] - len(lines[i]) > LONGEST_END:
            break
        if is_closing_heading(lines[i]):
            found.add(i)
    if not found:
        return {}
    for i in sorted(found - {len(lines) - 1}):
        if is_link_heading(lines[i]) and looks_like_headline(lines[i + 1]):
            directly = len(LINE_END.findall(text, starts[i] + len(lines[i]), starts[i + 1])) == 1
            found |= {i + 1} if directly else set()
    # Buttons come in columns: one next to debris is debris itself, and its neighbour is looked at next.
    pending = list(found)
    while pending:
        place = pending.pop()
        for i in (place - 1, place + 1):
            if 0 <= i < len(lines) and i not in found and is_single_button(lines[i]):
                found.add(i)
                pending.append(i)
    return dict.fromkeys(found, RegionKind.DEBRIS)


def _is_caption(line: str, in_head: bool) -> bool:
    """Return True if a line describes a picture and ends with its credit: (علي غريب/الأناضول)."""
    if line[-1] not in ")." or len(line) > _LONGEST_CAPTION or not line.rstrip(_BEHIND_A_CREDIT).endswith(")"):
        return False
    match = _CREDIT.fullmatch(line)
    if match is None:
        return False
    scene = match["scene"].rstrip()
    credit = normalise_key(match["credit"].replace(".", " "))
    if not scene or scene[-1] in ".،؛:" or ". " in scene or not _AGENCY.search(credit):
        return False
    # "بغداد (رويترز)" is a dateline, and an agency alone may close a paragraph.
    return "/" in credit or (in_head and len(scene.split()) > 2)


def _is_title(text: str, starts: Sequence[int], lines: Sequence[str], kinds: dict[int, RegionKind], title: str) -> bool:
    """Return True if the first line is a headline."""
    line = lines[0]
    if title:
        return normalise_key(line) == normalise_key(title)
    if len(lines) < 2 or len(line) not in _TITLE_LENGTHS or line[-1] in ".،؛:,;" or _BYLINE.fullmatch(line):
        return False
    if len(line.split()) < _WORDS_OF_A_TITLE and kinds.get(1) is not RegionKind.DATE:
        return False  # more often a name or a caption than a headline
    gap = text[starts[0] + len(line) : starts[1]]
    return kinds.get(1) is not None or len(LINE_END.findall(gap)) > 1 or len(lines[1]) >= 2 * len(line)
