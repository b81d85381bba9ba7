"""Rules of reviewing a document: what is visible, what a decision changes, how a boundary moves."""
