"""Renames words in Python code: as parts of identifiers in code, and as words in texts and comments."""

import io
import re
import tokenize
from collections.abc import Mapping, Sequence

from names import camel

PROSE = {tokenize.STRING, tokenize.COMMENT, tokenize.FSTRING_MIDDLE}


class Renaming:
    """``words`` has the new words for each old one: both are written like identifiers in small letters.

    ``unchanged`` are tokens of code that mean something else: a word, or an attribute of a name.
    """

    def __init__(self, words: Mapping[str, str], takes_an: bool = False, unchanged: Sequence[str] = ()) -> None:
        self._words = words
        self._unchanged = unchanged
        old = "|".join(sorted(words, key=len, reverse=True))
        titles = "|".join(map(camel, words))
        self._word = re.compile(rf"(?<![a-z])(?:{old})(?![a-z])|(?:{titles})(?![a-z])|\b(?:{old.upper()})(?![A-Z])")
        self._article = re.compile(r"(?<![A-Za-z])([Aa])(?=[ _][Mm]arket(?![a-z]))")
        self._takes_an = takes_an

    def concerns(self, text: str) -> bool:
        return bool(self._word.search(text))

    def python(self, source: str) -> str:
        """Return the source with new words; it is the whole of a module, or of some statements."""
        lines = source.splitlines(keepends=True)
        written, row, column, before = [], 1, 0, ("", "")
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            text = _between(lines, token.start, token.end)
            if not {token.string, "".join((*before, token.string))} & {*self._unchanged}:
                text = self.prose(text) if token.type in PROSE else self.code(text)
            written += [_between(lines, (row, column), token.start), text]
            before = before[1], token.string
            row, column = token.end
        return "".join(written)

    def path(self, path: str) -> str:
        """Return the path of the same module about something else."""
        folder, _, name = path.rpartition("/")
        return f"{folder}/{self.code(name)}"

    def code(self, text: str) -> str:
        return self._word.sub(lambda found: self._identifier(found[0]), self._with_article(text))

    def prose(self, text: str) -> str:
        if re.fullmatch(r"[rbuf]*[\"'][\w.]*[\"']", text):
            return self.code(text)
        return self._word.sub(self._in_prose, self._with_article(text))

    def _with_article(self, text: str) -> str:
        return self._article.sub(r"\1n", text) if self._takes_an else text

    def _identifier(self, old: str) -> str:
        new = self._words[old.lower()]
        return new if old.islower() else new.upper() if old.isupper() else camel(new)

    def _in_prose(self, found: re.Match[str]) -> str:
        old, text = found[0], found.string
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        if before in {"_", ".", "`"} or after in {"_", "`"} or (not old.islower() and _is_in_a_word(before, after)):
            return self._identifier(old)
        separator = "-" if before in {"/", "-"} or after in {"/", "-"} else " "
        words = self._words[old.lower()].replace("_", separator)
        return words if old.islower() else words.capitalize() if old.istitle() else words.upper()


def _is_in_a_word(before: str, after: str) -> bool:
    return before.isalpha() or after.isalpha() or before in {"/", "["} or after in {"]", "("}


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the text from one place to the other; a place is a line, counted from 1, and a column."""
    (top, left), (bottom, right) = start, end
    if top > len(lines):
        return ""
    if top == bottom:
        return lines[top - 1][left:right]
    last = lines[bottom - 1][:right] if bottom <= len(lines) else ""
    return lines[top - 1][left:] + "".join(lines[top : bottom - 1]) + last
