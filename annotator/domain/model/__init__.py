"""The frozen values of the domain: document, span, annotation, suggestion, note, edit."""
