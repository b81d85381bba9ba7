"""Getting models onto this machine: fetched or taken from a file, checked, unpacked aside, then put in place."""
