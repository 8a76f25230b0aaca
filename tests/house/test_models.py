"""Every model says what it is, can be made, and leaves a trace of who did what."""

import pytest
from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from tests import factories

OURS = ("organization", "documents", "indicators", "strategy", "pola")
MODELS = [
    model
    for label in OURS
    for model in apps.get_app_config(label).get_models()
    if not model.__name__.startswith("Historical")
]

# A moment without a person beside it, with the reason.
NOBODYS_MOMENTS = {
    "strategy.Plan.changed_at": "the register and the history say who",
    "strategy.SectionPresence.seen_at": "the person is its user",
    "strategy.Reminder.sent_at": "the timer, not a person",
    "pola.AgreementReminder.sent_at": "the timer, not a person",
    "pola.Agreement.renewal_asked_at": "the employee alone asks: the register says who",
    "pola.Agreement.day_begins_at": "an hour of every day, not a moment",
    "pola.Agreement.day_ends_at": "an hour of every day, not a moment",
    "pola.Interest.day_begins_at": "an hour of every day, not a moment",
    "pola.Interest.day_ends_at": "an hour of every day, not a moment",
    "pola.DayNotice.queued_at": "written with an act, whose story says who",
    "pola.DayNotice.sent_at": "the timer, not a person",
    "documents.Build.started_at": "a worker, not a person",
    "documents.Build.reported_at": "a worker, not a person",
    "documents.Build.finished_at": "a worker, not a person",
}
# Rows that never change and so need no history, with the reason.
WITHOUT_HISTORY = {
    "organization.Institution": "one row, its changes are those of the administration's log",
    "organization.EstablishedPosts": "an act: a new one is a new row",
    "organization.AuditEvent": "append only",
    "documents.Build": "a job of the queue",
    "indicators.Source": "a name",
    "strategy.Edition": "never changed",
    "pola.FigureDecision": "never changed",
    "strategy.YearClosing": "never changed",
    "strategy.YearReopening": "never changed",
    "strategy.ReportEdition": "never changed",
    "strategy.ReportValidation": "never changed",
    "strategy.ActivityResult": "never changed: a correction is a new row",
    "strategy.Reminder": "sent once, never changed",
    "strategy.Evidence": "added or taken away, told by the register",
    "strategy.SectionPresence": "who has a page open now",
    "strategy.SectionImage": "named by its content, never changed",
    "pola.ActivityMapping": "never changed: a review is a new row",
    "pola.AgileConsultation": "never changed",
    "pola.Incident": "an accident tells of health: it leaves no copies",
    "organization.PersonalData": "for HR alone: it leaves no copies",
    "strategy.ReferenceColumn": "part of a table, which has one",
    "strategy.ReferenceRow": "part of a table, which has one",
    "pola.Exemption": "special-category data: a new one is a new row",
    "pola.PriorityGround": "special-category data: deleted with what it serves",
    "pola.Withdrawal": "never changed",
    "pola.AgreementEvaluation": "never changed: another one is a new row",
    "pola.AgreementReminder": "sent once, never changed",
    "pola.AgileDay": "its story tells what happened to it",
    "pola.DayEvent": "never changed",
    "pola.CalendarFeed": "made and revoked, told by the register; its secret is kept nowhere else",
    "pola.DayNotice": "sent once",
}

each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


def snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")


@each_model
def test_model_has_a_docstring_in_the_words_of_the_trade(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@each_model
def test_model_has_a_name_for_the_screen(model):
    derived = "".join(f" {c.lower()}" if c.isupper() else c for c in model.__name__).strip()

    assert str(model._meta.verbose_name)
    assert str(model._meta.verbose_name_plural) != f"{derived}s"


@each_model
def test_fields_have_a_name_for_the_screen(model):
    ours = [field for field in model._meta.local_fields if field.name in model.__dict__]

    unnamed = [
        field.name
        for field in ours
        if not field.primary_key and not isinstance(field.verbose_name, Promise)
    ]

    assert unnamed == []


@each_model
def test_factory_makes_a_valid_one_that_names_itself(db, model):
    made = getattr(factories, snake(model.__name__))()

    made.refresh_from_db()
    assert model.__str__ is not models.Model.__str__
    assert str(made)
    assert "object (" not in str(made)


@each_model
def test_every_moment_says_whose_it_is(model):
    names = {field.name for field in model._meta.fields}
    moments = [name for name in names if name.endswith("_at")]

    alone = [
        f"{model._meta.label}.{name}"
        for name in moments
        if not names & {name.removesuffix("_at") + "_by", name.removesuffix("_at") + "_by_label"}
    ]

    assert [name for name in alone if name not in NOBODYS_MOMENTS] == []


def test_exceptions_are_still_needed():
    fields = {
        f"{model._meta.label}.{field.name}" for model in MODELS for field in model._meta.fields
    }

    assert set(NOBODYS_MOMENTS) <= fields
    assert {m._meta.label for m in MODELS if not hasattr(m, "history")} == set(WITHOUT_HISTORY)


@each_model
def test_constraints_have_a_name_and_a_message(model):
    for constraint in model._meta.constraints:
        assert constraint.name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
        assert constraint.violation_error_message != constraint.default_violation_error_message


@each_model
def test_relations_have_a_name_backwards(model):
    nameless = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.model is model
        and field.remote_field.related_name is None
    ]

    assert nameless == []
