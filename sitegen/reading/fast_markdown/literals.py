"""Which of some literals a text holds."""

from collections.abc import Iterable

from sitegen.reading.fast_markdown.needles import Needle

__all__ = ["Literals"]


class Literals:
    """Literals, with a bit for each."""

    def __init__(self, literals: Iterable[str]) -> None:
        self.bits = {literal: 1 << number for number, literal in enumerate(dict.fromkeys(literals))}
        grouped: dict[str, list[tuple[str, int]]] = {}
        for literal, bit in self.bits.items():
            grouped.setdefault(max(literal, key=lambda c: Needle((c,)).rarity), []).append((literal, bit))
        # One character is found ten times as fast as two.
        self._by_character = tuple((character, tuple(found)) for character, found in grouped.items())

    def held(self, text: str) -> int:
        """Return the bits of the literals that `text` holds."""
        held = 0
        for character, literals in self._by_character:
            if character in text:
                for literal, bit in literals:
                    if literal in text:
                        held |= bit
        return held
