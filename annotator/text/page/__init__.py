"""The parts of a news page: headline, dateline, date, debris."""
