"""The preview: answers from a plan, follows every save, reloads the browser, and never writes a file of the site."""

from sitegen.preview.events import Event, Failed, Noticed, PortTaken, Reloaded, Serving, Unsure
from sitegen.preview.serving import serve

__all__ = ["Event", "Failed", "Noticed", "PortTaken", "Reloaded", "Serving", "Unsure", "serve"]
