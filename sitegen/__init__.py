"""sitegen turns a folder of Markdown posts into a dated, newspaper-style blog."""

__version__ = "0.1.0"
