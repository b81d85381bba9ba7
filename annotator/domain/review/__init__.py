"""Rules for reviewing a document: what is visible, what a decision changes, where a boundary may move."""
