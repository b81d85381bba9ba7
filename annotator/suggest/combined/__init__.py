"""One answer from the proposals of several suggesters."""
