"""The one place that reads the clock. A reading decides what is due, expired or running; no byte shows it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sitegen.errors import UsageError

__all__ = ["read_clock"]


def read_clock(environment: Mapping[str, str]) -> datetime:
    """Return the moment of this build in UTC: `SOURCE_DATE_EPOCH` if it is set, else now.

    The variable holds seconds since 1970 (reproducible-builds.org specification, version 1.1). Raises UsageError when
    it holds anything else.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError.of(
            f"SOURCE_DATE_EPOCH is {epoch!r}, which is not a time",
            hint="set it to whole seconds since 1970, or unset it",
        ) from error
