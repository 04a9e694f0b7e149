"""The numbers of a caseload: pure functions over what happened, in the terms of the evaluation of 2017 (KORA).

:mod:`~caseworker_app.domain.numbers.events` is what is counted, :mod:`~caseworker_app.domain.numbers.report` the sheets
made of it; every figure in them keeps the cases it rests on.
"""
