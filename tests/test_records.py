"""Records are the standard library's frozen dataclasses in all that one can see of them."""

import copy
import dataclasses
import inspect
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

from sitegen import records


def _define(decorator: Any) -> dict[str, Any]:
    """Define one class of each form with a decorator; both sets have the same names."""

    @decorator(frozen=True, slots=True)
    class Plain:
        """Has all kinds of fields."""

        name: str
        number: int = 3
        items: list[int] = field(default_factory=list)
        hidden: str = field(default="h", repr=False, compare=False)
        fixed: str = field(default="f", init=False)
        made: dict[str, int] = field(default_factory=dict, init=False)

    @decorator(frozen=True, slots=True)
    class Empty:
        pass

    @decorator(frozen=True, slots=True, kw_only=True)
    class Base:
        title: str
        tail: str = ""

    @decorator(frozen=True, slots=True)
    class Derived(Base):
        first: int
        second: int = 2

    @decorator(frozen=True, slots=True, eq=False)
    class ById:
        name: str = ""

    @decorator(frozen=True, slots=True)
    class Own:
        name: str

        def __post_init__(self) -> None:
            if not self.name:
                raise ValueError("no name")

        def __repr__(self) -> str:
            return f"<{self.name}>"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and self.name.lower() == other.name.lower()

    @decorator(frozen=True)
    class Loose:
        name: str = ""

    @decorator(slots=True)
    class Changing:
        name: str = ""

    kinds = (Plain, Empty, Base, Derived, ById, Own, Loose, Changing)
    for kind in kinds:
        kind.__qualname__ = kind.__name__
    return {kind.__name__: kind for kind in kinds}


OURS, THEIRS = _define(records.dataclass), _define(dataclasses.dataclass)
MADE: dict[str, tuple[Any, Any]] = {
    name: (arguments(OURS[name]), arguments(THEIRS[name]))
    for name, arguments in {
        "Plain": lambda kind: kind("a", items=[1]),
        "Empty": lambda kind: kind(),
        "Base": lambda kind: kind(title="t"),
        "Derived": lambda kind: kind(1, title="t"),
        "ById": lambda kind: kind("a"),
        "Own": lambda kind: kind("A"),
        "Loose": lambda kind: kind("a"),
        "Changing": lambda kind: kind("a"),
    }.items()
}


@pytest.mark.parametrize(("ours", "theirs"), MADE.values(), ids=list(MADE))
def test_a_record_looks_like_the_librarys(ours: Any, theirs: Any):
    assert repr(ours) == repr(theirs)
    assert type(ours).__match_args__ == type(theirs).__match_args__
    assert [each.name for each in fields(ours)] == [each.name for each in fields(theirs)]
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert hasattr(ours, "__dict__") == hasattr(theirs, "__dict__")
    assert _parameters(type(ours)) == _parameters(type(theirs))


def _parameters(kind: Any) -> list[tuple[str, Any, bool]]:
    return [(each.name, each.kind, each.default is each.empty) for each in inspect.signature(kind).parameters.values()]


@pytest.mark.parametrize(("ours", "theirs"), MADE.values(), ids=list(MADE))
def test_a_record_compares_and_hashes_as_the_librarys(ours: Any, theirs: Any):
    for each in (ours, theirs):
        assert each == each
        assert each != "text"
    assert (ours == copy.copy(ours)) == (theirs == copy.copy(theirs))
    assert (type(ours).__hash__ is None) == (type(theirs).__hash__ is None)


@pytest.mark.parametrize(("ours", "theirs"), MADE.values(), ids=list(MADE))
def test_a_record_is_replaced_and_sent_as_the_librarys(ours: Any, theirs: Any):
    assert repr(replace(ours)) == repr(replace(theirs))
    assert repr(copy.deepcopy(ours)) == repr(theirs)


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_a_record_never_changes(kinds: dict[str, Any]):
    record = kinds["Derived"](1, title="t")
    for name in ("first", "title", "unknown"):
        with pytest.raises((FrozenInstanceError, TypeError)):
            setattr(record, name, 1)
        with pytest.raises((FrozenInstanceError, TypeError)):
            delattr(record, name)
    assert record == kinds["Derived"](1, 2, title="t")


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_fields_count_as_they_were_declared(kinds: dict[str, Any]):
    plain, derived, own = kinds["Plain"], kinds["Derived"], kinds["Own"]
    assert plain("a", hidden="x") == plain("a")
    assert plain("a").items is not plain("a").items
    assert derived(1, title="t") != derived(1, title="u")
    assert hash(derived(1, title="t")) == hash(derived(1, title="t"))
    assert own("A") == own("a")
    with pytest.raises(ValueError, match="no name"):
        own("")
    with pytest.raises(TypeError, match="title"):
        derived(1)
    with pytest.raises(TypeError, match="3 positional"):
        derived(1, 2, 3, title="t")
