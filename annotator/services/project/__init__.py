"""Long operations on one project: merge, statistics, order of work, tagset files."""
