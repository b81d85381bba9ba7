"""Read files that come in and write files that go out, one module for one format."""
