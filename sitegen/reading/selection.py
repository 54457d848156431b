"""What is published now: the one place where drafts and due dates are decided."""

from datetime import datetime

from sitegen.model import State
from sitegen.records import dataclass

__all__ = ["Selection"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which posts a reading takes: those that are live at one moment, and those that are asked for besides."""

    now: datetime
    """The only clock reading of a build; aware."""
    drafts: bool = False
    """Take drafts too."""
    future: bool = False
    """Take scheduled posts too."""
    expired: bool = False
    """Take expired posts too."""

    def state_of(self, *, draft: bool, date: datetime | None, expires: datetime | None) -> State:
        """Return the state of a post. One without a date is a draft; what is due at this very moment is live."""
        if draft or date is None:
            return State.DRAFT
        if expires is not None and expires <= self.now:
            return State.EXPIRED
        return State.SCHEDULED if date > self.now else State.LIVE

    def takes(self, state: State) -> bool:
        """Whether posts in this state are on the site."""
        # Compared one by one: to look into a mapping, an enum is hashed in Python.
        return (
            state is State.LIVE
            or (state is State.DRAFT and self.drafts)
            or (state is State.SCHEDULED and self.future)
            or (state is State.EXPIRED and self.expired)
        )

    def is_running(self, starts: datetime | None, ends: datetime | None) -> bool:
        """Whether something that runs from `starts` until just before `ends` runs now."""
        return (starts is None or starts <= self.now) and (ends is None or self.now < ends)
