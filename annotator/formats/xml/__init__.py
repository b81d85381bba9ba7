"""GATE and UIMA XMI."""
