"""What a writer does at the desk: start a site, start a post, see what is held back, change a theme.

Only content/ and themes/ are changed.
"""

__all__: list[str] = []
