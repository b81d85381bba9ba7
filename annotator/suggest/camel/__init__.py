"""The recogniser of CAMeL Tools, in a process of its own."""
