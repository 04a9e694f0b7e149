"""Writing an agreement from where it was made: an entry of the journal, a follow-up."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.agreement import AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from ui.house import House


def agree_at(house: House, case: Case | None, parent: QWidget, where: AgreementSource, thing: Id) -> None:
    """Open the form of a new agreement that was made at a follow-up or in an entry."""
    from ui.dialogs import agreement_forms

    if case is not None:
        agreement_forms.agreement(house, case, parent, source=(where, thing)).open()
