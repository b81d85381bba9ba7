"""Arabic clitics: where a name begins and ends within a word."""
