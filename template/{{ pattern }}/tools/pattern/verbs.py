"""The word of a use case, in the forms that its names need."""

import re
from dataclasses import dataclass

from errors import Rejected
from names import WORDS, Name, check_word, snake

LONGEST = 16  # the column of the status


@dataclass(frozen=True)
class Verb:
    """``cancel`` and ``cancelled``; ``past`` is empty for a use case that only reads."""

    word: str
    past: str

    @property
    def reads(self) -> bool:
        return not self.past


def verb(given: str, past: str | None, name: Name, *, reads: bool) -> Verb:
    """Return the word; raise ``Rejected`` if it would make trouble."""
    word = snake(given.replace("-", "_"))
    if reads and past:
        raise Rejected("A use case that only reads has no event: leave out --past.")
    found = Verb(word, "" if reads else snake((past or regular_past(word)).replace("-", "_")))
    for form in (found.word, found.past) if found.past else (found.word,):
        if not WORDS.fullmatch(form) or len(form) > LONGEST:
            raise Rejected(f"{form} is not like cancel or mark_paid: one to three words, at most {LONGEST} letters.")
        if form in {name.singular, name.plural}:
            raise Rejected(f"Choose another word: {form} is the name of the aggregate.")
        check_word(form)
    if found.word == found.past:
        raise Rejected(f"Choose a --past that differs from {word}: the event and the status are called by it.")
    return found


def regular_past(word: str) -> str:
    """Return the past of a regular verb; of several words the first one is the verb."""
    first, *others = word.split("_")
    if first.endswith("e"):
        past = f"{first}d"
    elif re.search(r"[^aeiou]y$", first):
        past = f"{first[:-1]}ied"
    elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", first) or first.endswith("cel"):
        past = f"{first}{first[-1]}ed"
    else:
        past = f"{first}ed"
    return "_".join([past, *others])
