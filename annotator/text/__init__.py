"""Arabic text: tokens, sentences, clitics, normal forms, names and the regions of a page, with exact offsets."""
