"""Rules of a team: who may change what."""
