"""Label named entities in Arabic security news on your own machine."""

__version__ = "0.1.0"
