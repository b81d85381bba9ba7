"""Find the parts of a news page - headline, date line, caption, debris - without touching the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotator.domain.model.document import Region, RegionKind
from annotator.domain.model.span import Span
from annotator.text.characters import BLANK, LINE_END
from annotator.text.normalise import normalise_key
from annotator.text.page.dates import parse_date
from annotator.text.page.debris import (
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

_LINE = re.compile(rf"[^{LINE_END.pattern[1:-1]}]+")
_BYLINE = re.compile(r"\S+(?:\s\S+){0,3}\s?[-–—ـ_:/|]+\s?\S+(?:\s\S+){0,2}")
_CREDIT = re.compile(r"(?P<scene>.*)\((?P<credit>[^()]{2,60})\)[\s.]*", re.DOTALL)
_AGENCY = re.compile(
    r"\b(?:الاناضول|رويترز|فرانس برس|فرنس برس|الفرنسيه|ا ?ف ب|د ب ا|ا ب|اسوشييتد برس|اسوشيتد برس|اسوشيتدبرس|الالمانيه|"
    r"الاوروبيه|غيتي|جيتي|getty|afp|reuters|ap|epa|anadolu|nurphoto|العربي الجديد|الجزيره|سبوتنيك|شينخوا|"
    r"واس|وام|سانا|بترا|كونا|وفا|قنا|انترنت|الانترنت|تويتر|فيسبوك|مواقع التواصل|ارشيف|ارشيفيه|تصوير)\b"
)


class _Line(NamedTuple):
    """A line that shows anything, without the spaces and invisible characters at its edges, and where it begins."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Return the place behind the line, in code points."""
        return self.start + len(self.text)


def find_regions(text: str, title: str = "") -> tuple[Region, ...]:
    """Return the regions found, in order, none overlapping; a date's value is ISO.

    `title` is the headline where it is known from elsewhere: then the first line is one only if it is
    the same. What is not certain is left as plain text.
    """
    lines = list(_lines(text))
    kinds = _debris_lines(text, lines)
    head = [i for i in range(len(lines)) if i not in kinds][:_LINES_OF_HEAD]
    for i in head:
        if len(lines[i].text) <= _LONGEST_DATE_LINE and parse_date(lines[i].text) is not None:
            kinds[i] = RegionKind.DATE
            break
    for i, (_, line) in enumerate(lines):
        if "(" in line and i not in kinds and _is_caption(line, i in head):
            kinds[i] = RegionKind.CAPTION
    if lines and 0 not in kinds and _is_title(text, lines, kinds, title):
        kinds[0] = RegionKind.TITLE
    regions = [_region(lines[i], kind) for i, kind in kinds.items()]
    tail = find_trailing_tags(text)
    if tail is not None and not any(region.span.overlaps(Span(*tail)) for region in regions):
        regions.append(Region(Span(*tail), RegionKind.DEBRIS))
    return tuple(sorted(regions, key=lambda region: region.span))


def _lines(text: str) -> Iterator[_Line]:
    """Yield each line that shows anything."""
    for match in _LINE.finditer(text):
        rest = match[0].lstrip(BLANK)
        if rest:
            yield _Line(match.end() - len(rest), rest.rstrip(BLANK))


def _debris_lines(text: str, lines: Sequence[_Line]) -> dict[int, RegionKind]:
    """Return the numbers of the lines that are debris."""
    written = [line for _, line in lines]
    found = {
        i for i, line in enumerate(written) if is_debris(line) or is_closing_heading(line, len(text) - lines[i].end)
    }
    if not found:
        return {}
    for i, (line, behind) in enumerate(pairwise(written)):
        if i in found and is_link_heading(line) and looks_like_headline(behind):
            directly = len(LINE_END.findall(text, lines[i].end, lines[i + 1].start)) == 1
            found |= {i + 1} if directly else set()
    # Single buttons stand in columns, so what is beside debris may make its own neighbour debris.
    beside = list(found)
    while beside:
        place = beside.pop()
        for i in (place - 1, place + 1):
            if 0 <= i < len(lines) and i not in found and is_single_button(written[i]):
                found.add(i)
                beside.append(i)
    return dict.fromkeys(found, RegionKind.DEBRIS)


def _is_caption(line: str, in_head: bool) -> bool:
    """Tell whether a line describes a picture and ends in who took it: (علي غريب/الأناضول)."""
    match = _CREDIT.fullmatch(line) if len(line) <= _LONGEST_CAPTION else None
    if match is None:
        return False
    scene = match["scene"].rstrip()
    credit = normalise_key(match["credit"].replace(".", " "))
    if not scene or scene[-1] in ".،؛:" or ". " in scene or not _AGENCY.search(credit):
        return False
    # "بغداد (رويترز)" is a dateline, and an agency alone may close a paragraph.
    return "/" in credit or (in_head and len(scene.split()) > 2)


def _is_title(text: str, lines: Sequence[_Line], kinds: dict[int, RegionKind], title: str) -> bool:
    """Tell whether the first line is a headline."""
    line = lines[0].text
    if title:
        return normalise_key(line) == normalise_key(title)
    if len(lines) < 2 or len(line) not in _TITLE_LENGTHS or line[-1] in ".،؛:,;" or _BYLINE.fullmatch(line):
        return False
    if len(line.split()) < _WORDS_OF_A_TITLE and kinds.get(1) is not RegionKind.DATE:
        return False  # a name or a caption more often than a headline
    gap = text[lines[0].end : lines[1].start]
    return kinds.get(1) is not None or len(LINE_END.findall(gap)) > 1 or len(lines[1].text) >= 2 * len(line)


def _region(line: _Line, kind: RegionKind) -> Region:
    """Make a region of a line."""
    date = parse_date(line.text) if kind is RegionKind.DATE else None
    return Region(Span(line.start, line.end), kind, date.isoformat() if date else "")
