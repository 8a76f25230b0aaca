"""Forms of the document: the text of a section, its place and name, blocks, pictures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strategy.block_registry import block_kind, block_kinds
from strategy.models import (
    Dashboard,
    Plan,
    ProjectSheet,
    ReferenceTable,
    Section,
    SectionBlock,
)
from strategy.section_tree import DEEPEST


class SectionTextForm(forms.Form):
    """The text of a section and the version it was written upon."""

    # Without script the text is written as HTML; leading blanks may mean something there.
    body = forms.CharField(
        label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 24})
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    apart = forms.BooleanField(required=False, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """The version that the person had before their eyes."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SectionForm(forms.Form):
    """A new section: where, and what it is called."""

    title = forms.CharField(label=_("Title"), max_length=200)
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("Nothing: it is a chapter"),
    )
    slug = forms.SlugField(
        label=_("Address name"),
        max_length=80,
        required=False,
        help_text=_("The last word of its address. Left empty, it is made from the title."),
    )
    is_numbered = forms.BooleanField(
        label=_("With a number"),
        required=False,
        initial=True,
        help_text=_("The number is that of its place: it follows when sections are moved."),
    )
    is_annex = forms.BooleanField(label=_("It is an annex"), required=False)

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, plan.sections.filter(level__lt=DEEPEST).in_order().defer("body"), "parent")


class SectionNameForm(forms.Form):
    """What a section is called and what stands beside its heading."""

    title = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.SlugField(
        label=_("Address name"),
        max_length=80,
        help_text=_("Links to the old address stop working when this changes."),
    )
    is_numbered = forms.BooleanField(label=_("With a number"), required=False)
    summary = forms.CharField(
        label=_("Summary"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    key_figure = forms.CharField(label=_("Key figure"), max_length=40, required=False)
    key_figure_caption = forms.CharField(
        label=_("What the figure is"), max_length=160, required=False
    )

    def __init__(self, section: Section, data: Any = None) -> None:
        initial = {name: getattr(section, name) for name in self.base_fields if name[:3] != "is_"}
        initial["is_numbered"] = bool(section.number)
        super().__init__(data, initial=initial)


class SectionMoveForm(forms.Form):
    """Where a section is dropped, or which step it takes."""

    section = forms.ModelChoiceField(queryset=Section.objects.none())
    direction = forms.ChoiceField(
        choices=[(name, name) for name in ("up", "down", "in", "out")], required=False
    )
    parent = forms.ModelChoiceField(queryset=Section.objects.none(), required=False)
    index = forms.IntegerField(min_value=0, max_value=999, required=False)

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, plan.sections.all().defer("body"), "section", "parent")


class BlockForm(forms.Form):
    """What a generated block shows and the words around it."""

    kind = forms.ChoiceField(label=_("What it shows"))
    dashboard = forms.ModelChoiceField(
        label=_("Which dashboard"),
        queryset=Dashboard.objects.none(),
        required=False,
        help_text=_("Only for “One dashboard”."),
    )
    table = forms.ModelChoiceField(
        label=_("Which table of figures"),
        queryset=ReferenceTable.objects.none(),
        required=False,
        help_text=_("Only for blocks that quote a table."),
    )
    project = forms.ModelChoiceField(
        label=_("Which project"),
        queryset=ProjectSheet.objects.none(),
        required=False,
        help_text=_("Only for “Sheet of one project”."),
    )
    caption = forms.CharField(label=_("Caption"), max_length=200, required=False)
    lead = forms.CharField(
        label=_("Introduction"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Words before the block; HTML marks of paragraphs and lists are kept."),
    )
    source_note = forms.CharField(label=_("Source"), max_length=200, required=False)

    def __init__(self, plan: Plan, data: Any = None, *, block: SectionBlock | None = None) -> None:
        super().__init__(data, initial=_block_words(block))
        self.block = block
        _choose(self, plan.dashboards.order_by("position"), "dashboard")
        _choose(self, plan.reference_tables.order_by("caption"), "table")
        _choose(self, plan.project_sheets.with_facts().in_order(), "project")
        kind: Any = self.fields["kind"]
        kind.choices = [(kind.name, str(kind.label)) for kind in block_kinds()]
        if block is not None:
            self._keep_what_applies(block)

    def _keep_what_applies(self, block: SectionBlock) -> None:
        """A block that is there keeps its kind; only what its kind takes is asked."""
        kind = block_kind(block.kind)
        del self.fields["kind"]
        for name in {"dashboard", "table", "project"} - {kind.takes if kind else ""}:
            del self.fields[name]


def _choose(form: forms.Form, rows: Any, *names: str) -> None:
    """Let the fields choose among these rows."""
    for name in names:
        field: Any = form.fields[name]
        field.queryset = rows


def _block_words(block: SectionBlock | None) -> dict[str, Any]:
    if block is None:
        return {}
    names = ("caption", "lead", "source_note", "table")
    plan, argument = block.section.plan, block.argument
    shown = {
        "dashboard": plan.dashboards.filter(slug=argument).first(),
        "project": plan.project_sheets.for_argument(argument).first(),
    }
    return {name: getattr(block, name) for name in names} | shown


class PictureForm(forms.Form):
    """A picture and the words that stand for it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PNG, JPEG, GIF or WebP, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/gif,image/webp"}),
    )
    alt = forms.CharField(
        label=_("Alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for who does not see it. It is mandatory."),
    )
