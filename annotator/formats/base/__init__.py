"""What readers and writers share: their interfaces, encodings, spans, notes, remarks."""
