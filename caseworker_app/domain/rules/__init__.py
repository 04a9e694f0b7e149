"""When work with a child is due and why: rule sets as data, and pure functions over them.

:mod:`~caseworker_app.domain.rules.model` is what a rule set is made of,
:mod:`~caseworker_app.domain.rules.reading` reads one from TOML,
:mod:`~caseworker_app.domain.rules.schedule` gives the due dates of an intervention,
:mod:`~caseworker_app.domain.rules.statute` those the law counts from an event.
"""
