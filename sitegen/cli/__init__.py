"""The command line: arguments become one call each, and what comes back is printed.

Nothing below this floor prints or exits. A command's module, and with it all that it needs, is imported when the
command runs, so that help and version come at once.
"""

from sitegen.cli.commands import main
from sitegen.cli.theming import theme

__all__ = ["main", "theme"]
