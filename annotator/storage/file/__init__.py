"""The SQLite file: connection, migrations, locks, errors, identity."""
