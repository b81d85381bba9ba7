"""The article as a page: laid out lazily, painted beneath untouched text, led by mouse and keys."""
