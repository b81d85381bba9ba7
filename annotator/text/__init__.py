"""Read Arabic as it is written: tokens, sentences, clitics, normal forms and news anatomy, with exact offsets."""
