"""The words on screen and paper: gettext over the catalogues in ``resources/translations``.

msgids are English; Danish is the product's language, English the second. Words are filled with named
``{fields}``. What a user typed goes in as a value and is never read as a field. Babel is imported when a
number, a date or a list is first formatted: the words themselves need the standard library only.
"""

from __future__ import annotations

import datetime as dt
import gettext as _gettext
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final, Literal, Protocol, runtime_checkable

import resources

Width = Literal["full", "long", "medium", "short"]

LANGUAGES: Final = ("da", "en")
_LOCALES: Final = {"da": "da_DK", "en": "en_GB"}


def N_(msgid: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a literal as a msgid, so that the catalogue has it; it is translated where it is shown."""
    return msgid


@runtime_checkable
class Said(Protocol):
    """Words said later, such as the domain's ``Phrase``."""

    @property
    def msgid(self) -> str: ...
    @property
    def plural(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def values(self) -> Mapping[str, object]: ...


class Expected(Protocol):
    """An expected error, such as the domain's ``UserError``."""

    @property
    def message(self) -> str: ...
    @property
    def ways_out(self) -> tuple[str, ...]: ...
    @property
    def values(self) -> Mapping[str, object]: ...


class _Values(dict[str, object]):
    """A field nobody gave a value stays readable: an error must not fail while it is being said."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


missed: Final[set[str]] = set()
"""The msgids that were asked for and have no Danish: for tests, which show every page and find it empty."""


class _Missing(_gettext.NullTranslations):
    """Stands behind a catalogue: says the msgid, and notes it."""

    def gettext(self, message: str) -> str:
        missed.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        missed.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        missed.add(message)
        return message


class Translator:
    """One language's words and forms. Made by :func:`load`; safe to use from any thread."""

    def __init__(self, language: str, catalogue: _gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def gettext(self, msgid: str, **values: object) -> str:
        """Return the words for ``msgid``, filled with ``values`` when there are any."""
        return self._fill(self._catalogue.gettext(msgid) if msgid else "", values)

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """Return the form for ``n`` things; ``{n}`` is filled by itself."""
        return self._fill(self._catalogue.ngettext(one, many, n), {"n": n, **values})

    def pgettext(self, context: str, msgid: str, **values: object) -> str:
        """Return the words for a msgid that means different things in different places."""
        return self._fill(self._catalogue.pgettext(context, msgid), values)

    def say(self, phrase: Said) -> str:
        """Return a phrase in this language."""
        if phrase.plural:
            return self._fill(
                self._catalogue.ngettext(phrase.msgid, phrase.plural, phrase.count), phrase.values
            )
        return self._fill(self._catalogue.gettext(phrase.msgid), phrase.values)

    def error(self, error: Expected) -> tuple[str, tuple[str, ...]]:
        """Return an expected error's sentence and its ways out."""
        ways_out = tuple(self.gettext(way, **error.values) for way in error.ways_out)
        return self.gettext(error.message, **error.values), ways_out

    def date(self, day: dt.date, width: Width = "long") -> str:
        """Return ``21. november 2026``, in another width when asked."""
        from babel.dates import format_date

        return str(format_date(day, width, locale=_LOCALES[self.language]))

    def time(self, moment: dt.time | dt.datetime) -> str:
        """Return ``10.30``: the clock time as it is, in no other zone."""
        from babel.dates import format_time

        at = moment.time() if isinstance(moment, dt.datetime) else moment
        return str(format_time(at.replace(tzinfo=None), "short", locale=_LOCALES[self.language]))

    def number(self, value: int | float | Decimal, decimals: int | None = None) -> str:
        """Return ``1.234,5``; with ``decimals`` exactly so many of them."""
        from babel.numbers import format_decimal

        pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, pattern, locale=_LOCALES[self.language]))

    def percent(self, share: float | Decimal, decimals: int = 0) -> str:
        """Return ``25 %`` for 0.25, with the language's own space."""
        from babel.numbers import format_percent

        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        spaced = f"{pattern}\u00a0%" if self.language == "da" else f"{pattern}%"
        return str(format_percent(share, spaced, locale=_LOCALES[self.language]))

    def list(self, items: Iterable[object]) -> str:
        """Return ``a, b og c``."""
        from babel.lists import format_list

        return str(format_list([self._shown(item) for item in items], locale=_LOCALES[self.language]))

    def _fill(self, words: str, values: Mapping[str, object]) -> str:
        if not values:
            return words
        return words.format_map(_Values({name: self._shown(value) for name, value in values.items()}))

    def _shown(self, value: object) -> str:
        """A value as it stands in a sentence: dates, times and fractions in the language's form."""
        match value:
            case str() | int():
                return str(value)
            case dt.datetime():
                return f"{self.date(value)} {self.time(value)}"
            case dt.date():
                return self.date(value)
            case dt.time():
                return self.time(value)
            case float() | Decimal():
                return self.number(value)
            case list() | tuple():
                return self.list(value)
            case Said():
                return self.say(value)
        return str(value)


class Subscription:
    """The handle of a listener; ``cancel`` ends it, and may be called again."""

    def __init__(
        self, listeners: list[Callable[[Translator], None]], listener: Callable[[Translator], None]
    ) -> None:
        self._listeners = listeners
        self._listener: Callable[[Translator], None] | None = listener
        listeners.append(listener)

    def cancel(self) -> None:
        """Hear no more."""
        if self._listener is not None:
            self._listeners.remove(self._listener)
            self._listener = None


class CurrentLanguage:
    """The language now, and those who want to hear of another. Changed on one thread, read on any."""

    def __init__(self, language: str = "da") -> None:
        self._language = language
        self._translator: Translator | None = None
        self._listeners: list[Callable[[Translator], None]] = []

    @property
    def translator(self) -> Translator:
        """The translator now; its catalogue is read when first asked for."""
        found = self._translator
        if found is None:
            found = self._translator = load(self._language)
        return found

    def set_language(self, language: str) -> None:
        """Change the language and tell the listeners. Raises ``ValueError`` for one we have no words in."""
        if self._translator is not None and self._translator.language == language:
            return
        self._translator = load(language)
        self._language = language
        for listener in tuple(self._listeners):
            listener(self._translator)

    def subscribe(self, listener: Callable[[Translator], None]) -> Subscription:
        """Call ``listener`` with the new translator at each change, until the handle is cancelled."""
        return Subscription(self._listeners, listener)


def load(language: str) -> Translator:
    """Return a translator of its own, for paper in another language than the screen's, or another process.

    Raises ``ValueError`` for a language we have no words in, ``OSError`` when the installation lacks its
    catalogue.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no words in {language}")
    with resources.path("translations", f"{language}.mo").open("rb") as stream:
        catalogue = _gettext.GNUTranslations(stream)
    if language == "da":
        catalogue.add_fallback(_Missing())
    return Translator(language, catalogue)


_current: Final = CurrentLanguage()


def set_language(language: str) -> None:
    """Change the language of the program; see :meth:`CurrentLanguage.set_language`."""
    _current.set_language(language)


def current() -> Translator:
    """Return the program's translator now. Do not keep it: ask again."""
    return _current.translator


def subscribe(listener: Callable[[Translator], None]) -> Subscription:
    """Hear of changes of the program's language."""
    return _current.subscribe(listener)


def gettext(msgid: str, **values: object) -> str:
    """Return the words for ``msgid`` in the program's language."""
    return _current.translator.gettext(msgid, **values)


_ = gettext


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Return the form for ``n`` things in the program's language."""
    return _current.translator.ngettext(one, many, n, **values)


def pgettext(context: str, msgid: str, **values: object) -> str:
    """Return the words for a msgid with a context in the program's language."""
    return _current.translator.pgettext(context, msgid, **values)


def say(phrase: Said) -> str:
    """Return a phrase in the program's language."""
    return _current.translator.say(phrase)


def translate_error(error: Expected) -> tuple[str, tuple[str, ...]]:
    """Return an expected error's sentence and its ways out in the program's language."""
    return _current.translator.error(error)
