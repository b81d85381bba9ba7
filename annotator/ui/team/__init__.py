"""The pages of the main window for work in a team: who is how far, how well annotators agree, adjudication."""
