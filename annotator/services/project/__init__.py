"""Long operations on one project: merge, agreement, statistics, order of work, tagset files."""
