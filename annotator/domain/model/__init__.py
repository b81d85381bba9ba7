"""The words of the field as frozen values: document, span, annotation, suggestion, note, edit."""
