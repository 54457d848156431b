"""What a writer does at the desk: start a site, start a post, see what is held back. Only content/ is changed."""

__all__: list[str] = []
