"""A form as a page to talk from: every topic a heading with its help; what is not touched is folded, nothing is asked for.

::

    KEEPING = AnswerKeeping(InvestigationAnswer, add, edit, columns=columns_of)
    form = TopicForm(house, KEEPING)
    form.show_form(Shown(spec, about, stream, "investigation", title, answers_of))
    form.follow(touched)      # from the page's ``follow``
    form.leave()              # from the page's ``leave``: what was written is saved

What is written under a topic saves itself when the focus leaves it, in one act that Ctrl+Z takes back; until then it is
kept as a draft within two seconds, under ``topics:<id of what is filled in>``.
"""
