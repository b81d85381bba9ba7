"""Names of persons: the words that they consist of, and their replacement by pseudonyms."""
