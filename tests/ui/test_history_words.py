"""The history in the user's words."""

from __future__ import annotations

import datetime as dt

from caseworker_app import i18n
from caseworker_app.domain.case import Address, Case, CaseKind
from caseworker_app.domain.meeting import Attendance, Meeting, Participant, TimeSpan
from caseworker_app.domain.person import Custody, Person
from caseworker_app.services import cases, history, meetings, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import PastAct, PastChange
from ui.history_words import Names, names_of, say_all, whole


def told(read, ask):
    """Return what happened, newest first, as (who, what, {field: (before, after)})."""

    def gather(reader):
        acts = whole(ask(reader))
        return say_all(acts, names_of(reader, acts))

    return [
        (
            h.who,
            h.what,
            {line.label: (line.before, line.after) for _thing, lines in h.things for line in lines},
        )
        for h in read(gather)
    ]


def heads(read, cls, entity, *names):
    fields = read(lambda r: r.fields(cls, entity))
    return {name: fields[name].heads for name in names}


def change(write, read, case, **values):
    seen = heads(read, Case, case, *values)
    write(lambda w: cases.edit(w, case, {n: Edit(v, seen[n]) for n, v in values.items()}))


def of_case(read, case):
    stream = read(lambda r: r.get(Case, case)).stream
    return told(read, lambda r: r.history(stream=stream))


def test_a_change_says_who_and_what_it_was_and_became_by_the_fields_own_label(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma Holm", "school": "Østre Skole"}))
    change(write, read, case, school="Vestre Skole", address=Address("Lærkevej 3", "7400", "Hedeby"))
    who, what, fields = of_case(read, case)[0]
    assert (who, what) == ("Lone Kjær", i18n.gettext("Change the case"))
    assert fields["Skole eller dagtilbud"] == ("Østre Skole", "Vestre Skole")
    assert fields["Adresse"] == ("", "Lærkevej 3, 7400 Hedeby")


def test_dates_flags_and_choices_are_said_as_the_user_says_them(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))
    change(
        write, read, case, born=dt.date(2017, 8, 4), interpreter=True, kinds=frozenset({CaseKind.PLACEMENT})
    )
    fields = of_case(read, case)[0][2]
    assert fields["Født"] == ("", "4. august 2017")
    assert fields["Har brug for tolk"] == ("nej", "ja") or fields["Har brug for tolk"] == ("", "ja")
    assert ("", "Anbringelse") in fields.values()


def test_a_personal_number_is_masked_in_the_history_too(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma", "person_number": "640817-1234"}))
    everything = str(of_case(read, case))
    assert "640817-••••" in everything
    assert "1234" not in everything


def test_what_was_undone_is_named_and_so_is_the_undoing(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma"}))
    change(write, read, case, school="Vestre Skole")
    write(history.undo)
    acts = read(lambda r: whole(r.history(stream=r.get(Case, case).stream)))
    happened = read(lambda r: say_all(acts, names_of(r, acts)))
    assert happened[0].what == "Fortrudt: " + i18n.gettext("Change the case")
    assert not happened[0].taken_back
    assert happened[1].taken_back


def test_undoing_the_undo_makes_the_act_stand_again(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma"}))
    change(write, read, case, school="Vestre Skole")
    write(history.undo)
    write(history.redo)
    acts = read(lambda r: whole(r.history(stream=r.get(Case, case).stream)))
    assert not [
        h for h in read(lambda r: say_all(acts, names_of(r, acts))) if h.what == "Ret sagen" and h.taken_back
    ]


def test_a_reference_is_said_by_name_and_what_only_hangs_things_together_is_left_out(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma"}))
    mother = write(lambda w: people.add(w, case, {"name": "Mette Holm", "custody": Custody.SOLE}))
    meeting = write(lambda w: meetings.plan(w, case, {}))
    write(lambda w: meetings.invite(w, meeting, [mother]))
    _who, what, fields = told(read, lambda r: r.acts())[0]
    assert what == i18n.gettext("Invite to the meeting")
    assert ("", "Mette Holm") in fields.values()
    assert not {i18n.gettext("Order"), i18n.gettext("Meeting")} & set(fields)


def test_a_meetings_time_is_one_value_in_words(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma"}))
    meeting = write(lambda w: meetings.plan(w, case, {}))
    seen = heads(read, Meeting, meeting, "when")
    when = TimeSpan(dt.date(2026, 12, 3), dt.time(10, 30), dt.time(12))
    write(lambda w: meetings.edit(w, meeting, {"when": Edit(when, seen["when"])}))
    fields = told(read, lambda r: r.history(entities=[meeting]))[0][2]
    assert fields[i18n.gettext("Time")] == ("", "torsdag den 3. december 2026 kl. 10.30-12.00")


def test_taking_somebody_off_the_case_says_so(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma"}))
    mother = write(lambda w: people.add(w, case, {"name": "Mette Holm"}))
    write(lambda w: people.remove(w, mother))
    happened = read(
        lambda r: (lambda acts: say_all(acts, names_of(r, acts)))(whole(r.history(entities=[mother])))
    )
    thing, lines = happened[0].things[0]
    assert thing == "Person: Mette Holm"
    assert lines[0].label == "Taget tilbage"


def test_one_act_in_two_cases_stands_once(write, read):
    one = write(lambda w: cases.register(w, {"child_name": "Emma"}))
    other = write(lambda w: cases.register(w, {"child_name": "Jonas"}))
    from caseworker_app.domain.case import SiblingKind

    write(lambda w: cases.link_siblings(w, one, other, SiblingKind.FULL))
    acts = told(read, lambda r: r.acts())
    assert [what for _who, what, _fields in acts].count(i18n.gettext("Link siblings")) == 1


def test_the_words_follow_the_language(write, read):
    case = write(lambda w: cases.register(w, {"child_name": "Emma"}))
    meeting = write(lambda w: meetings.plan(w, case, {}))
    person = write(lambda w: people.add(w, case, {"name": "Mette"}))
    write(lambda w: meetings.invite(w, meeting, [person]))
    participant = read(lambda r: r.find(Participant, where={"meeting": meeting}))[0].id
    write(lambda w: meetings.set_attendance(w, participant, Attendance.ACCEPTED))
    assert told(read, lambda r: r.acts())[0][2]["Fremmøde"][1] == "Kommer"
    i18n.set_language("en")
    assert told(read, lambda r: r.acts())[0][2]["Attendance"][1] == "Comes"
    assert read(lambda r: r.get(Person, person)).name == "Mette"


def test_who_shares_the_case_is_said_and_what_the_log_keeps_for_itself_is_not():
    def act(*changes):
        at = dt.datetime(2026, 11, 21, 11, 0, tzinfo=dt.UTC)
        return PastAct(b"a" * 16, b"o" * 16, b"s" * 16, b"me" * 8, b"i" * 16, at, "Europe/Copenhagen",
                       "Change who shares the case", "", None, False, changes)  # fmt: skip

    bo = b"b" * 16
    role = PastChange("membership", bo, "role", "set", ("member",), "none", ())
    grant = PastChange("grant", b"g" * 16, "grant", "create", (), {}, ())
    file = PastChange("file", b"f" * 16, "sealed", "create", (), {}, ())
    names = Names({}, {bo: "Bo Dahl"}, {})
    said = say_all([act(grant, role), act(grant), act(file)], names)
    assert len(said) == 1
    ((thing, lines),) = said[0].things
    assert thing == "Hvem der deler sagen: Bo Dahl"
    assert [(line.label, line.before, line.after) for line in lines] == [("Rolle", "Må skrive", "Ikke delt")]
