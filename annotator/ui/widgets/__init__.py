"""Controls that several features use: form rows, pickers, lists, prompts."""
