"""A filled-in form on paper: what was said, under its headings. What is empty stays out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseworker_app.domain.form_spec import FormSection, FormSpec, Topic, TopicKind
from caseworker_app.domain.text_facts import ListPart, PairsPart, Part, TextPart


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said under one topic, whatever thing keeps it.

    One of ``text`` (light text), ``tags``, ``chosen`` (ids of options) and ``number`` is used, by the topic's kind.
    ``columns`` are more texts under headings of their own, Danish, such as what the child says; ``sources`` name what it
    rests on.
    """

    text: str = ""
    tags: tuple[str, ...] = ()
    chosen: str = ""
    number: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        said = self.text.strip() or self.tags or self.chosen or self.number is not None
        return not said and not any(text.strip() for _name, text in self.columns) and not self.sources


def short_words(topic: Topic, answer: Answer) -> str:
    """Return what was said under a topic of tags, choice or number; empty for a text."""
    match topic.kind:
        case TopicKind.TAGS:
            return ", ".join(topic.option(tag) for tag in answer.tags)
        case TopicKind.CHOICE:
            return topic.option(answer.chosen) if answer.chosen else ""
        case TopicKind.NUMBER:
            return "" if answer.number is None else str(answer.number)
    return ""


def form_parts(spec: FormSpec, answers: Mapping[str, Answer], *, goes_to: str = "") -> tuple[Part, ...]:
    """Return the parts of a paper; ``answers`` by the topic's id. With ``goes_to`` only the topics that go there.

    A section nothing was said in is left out. What an earlier version asked for and this one does not is put last, under
    the topic's id, so that nothing written is lost.
    """
    parts: list[Part] = []
    for section in spec.sections:
        parts += _section(section, answers, goes_to)
    known = {topic.id for topic in spec.topics}
    strays = [] if goes_to else [name for name in answers if name not in known and not answers[name].empty]
    for name in strays:
        parts += _topic(Topic(name, name), answers[name])
    return tuple(parts)


def _section(section: FormSection, answers: Mapping[str, Answer], goes_to: str) -> Iterator[Part]:
    wanted = [topic for topic in section.topics if not goes_to or topic.goes_to == goes_to]
    said = [(topic, answers[topic.id]) for topic in wanted if topic.id in answers]
    said = [(topic, answer) for topic, answer in said if not answer.empty]
    if not said:
        return
    yield TextPart(section.label)
    pairs: list[tuple[str, str]] = []
    for topic, answer in said:
        words = short_words(topic, answer)
        if words and not answer.columns and not answer.sources:
            pairs.append((topic.label, words))
            continue
        if pairs:
            yield PairsPart(tuple(pairs))
            pairs = []
        yield from _topic(topic, answer)
    if pairs:
        yield PairsPart(tuple(pairs))


def _topic(topic: Topic, answer: Answer) -> Iterator[Part]:
    yield TextPart(topic.label, short_words(topic, answer) or answer.text.strip(), level=3)
    for name, text in answer.columns:
        if text.strip():
            said = text.strip()
            listed = said.startswith(("- ", "• "))
            yield TextPart(text=f"**{name}:**\n\n{said}" if listed else f"**{name}:** {said}")
    if answer.sources:
        yield TextPart(text="Bygger på:", muted=True)
        yield ListPart(answer.sources)
