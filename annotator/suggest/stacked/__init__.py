"""A CRF that was trained on labelled articles, and reads the answers of the other suggesters."""
