"""Long operations for work in a team."""
