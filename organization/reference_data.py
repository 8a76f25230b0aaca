"""How reference data enter and leave the administration: CSV and XLSX, with a preview.

Rows are recognised by their natural keys, unchanged rows are skipped, every row is validated as
in a form, nothing is stored unless everything is right. What leaves never starts a formula.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from import_export import resources, widgets
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm, ImportForm
from simple_history.admin import SimpleHistoryAdmin

from organization.filters import DayInput
from organization.uploads import MAX_ROWS, check_upload

#: A cell that starts with one of these is a formula to a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """The same value, with an apostrophe before a text that a spreadsheet would compute."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def as_written(value: Any) -> Any:
    """The text as it was before `harmless`."""
    if isinstance(value, str) and value.startswith("'") and value[1:].startswith(FORMULA_STARTS):
        return value[1:]
    return value


class WholeNumber(widgets.IntegerWidget):
    """A whole number in digits only: no sign of thousands to mistake for decimals."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if self.is_empty(value):
            return None
        if isinstance(value, int | float) and value == int(value):
            return int(value)
        if not re.fullmatch(r"\d{1,9}", str(value).strip()):
            raise ValueError(_("“%(text)s” is not a whole number in digits.") % {"text": value})
        return int(str(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value if kwargs.get("force_native_type") or value is None else str(value)


class Day(widgets.DateWidget):
    """A day as the office writes it, 31.12.2021; 31/12/2021 and 2021-12-31 are read too."""

    def __init__(self) -> None:
        super().__init__(format="%d.%m.%Y")
        self.formats = ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d")


class Named(widgets.ForeignKeyWidget):
    """A link by natural key, looked for among the rows that other columns of the line name.

    `scope` maps a lookup on the linked model to the column that holds its value.
    """

    def __init__(self, model: Any, field: str, **scope: str) -> None:
        super().__init__(model, field=field)
        self.scope = scope

    def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> QuerySet:
        queryset = super().get_queryset(value, row, *args, **kwargs)
        return queryset.filter(**{lookup: row[column] for lookup, column in self.scope.items()})


class Changes(resources.Diff):
    """What a row changes, marked as inserted and deleted; the colours are those of the sheet."""

    def as_html(self) -> list[SafeString]:
        marked = (re.sub(r'<(ins|del) style="[^"]*">', r"<\1>", each) for each in super().as_html())
        return [mark_safe(each) for each in marked]  # noqa: S308 - escaped by the package


class ReferenceResource(resources.ModelResource):
    """Base of every resource: natural keys, no formula out, no doubtful row in."""

    WIDGETS_MAP = {
        **resources.ModelResource.WIDGETS_MAP,
        "PositiveSmallIntegerField": WholeNumber,
        "PositiveIntegerField": WholeNumber,
        "DateField": Day,
    }

    @classmethod
    def get_diff_class(cls) -> type[Changes]:
        return Changes

    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> Any:
        return harmless(super().export_field(field, instance, **kwargs))

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse files too long, without the key columns, or with the same key twice."""
        if len(dataset) > MAX_ROWS:
            del dataset[:]  # the package would read on: none of its rows is looked at
            raise ValidationError(_("The file has more than %(rows)s rows.") % {"rows": MAX_ROWS})
        for number, row in enumerate(list(dataset)):
            dataset[number] = [as_written(value) for value in row]
        columns = self.key_columns()
        missing = [column for column in columns if column not in (dataset.headers or [])]
        if missing:
            raise ValidationError(_("Column missing: %(name)s.") % {"name": ", ".join(missing)})
        keys = Counter(tuple(str(row[column]) for column in columns) for row in dataset.dict)
        twice = [" / ".join(key) for key, count in keys.items() if count > 1]
        if twice:
            raise ValidationError(_("Written twice: %(name)s.") % {"name": "; ".join(twice[:5])})

    def key_columns(self) -> list[str]:
        """The columns that say which row it is, with those their links are looked for with."""
        keys = [self.fields[name] for name in self.get_import_id_fields()]
        scopes = [getattr(key.widget, "scope", {}).values() for key in keys]
        names = [*(column for scope in scopes for column in scope), *(k.column_name for k in keys)]
        return list(dict.fromkeys(names))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for column in self.key_columns():
            if row[column] in (None, ""):
                raise ValidationError(_("“%(name)s” is empty.") % {"name": column})


class ReferenceMeta:
    """What the Meta of every resource starts from."""

    skip_unchanged = True
    report_skipped = True
    clean_model_instances = True
    use_transactions = True


class ReferenceImportForm(ImportForm):
    """The upload, refused before it is read when it is too large or not what it says."""

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        check_upload(file)
        return file


class ReferenceAdminMixin(ImportExportMixin):
    """Import and export in the administration of a model."""

    formats = [CSV, XLSX]
    import_form_class = ReferenceImportForm
    export_form_class = ExportForm

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """An import that was confirmed already, in another window or by a second click, is told."""
        try:
            done: HttpResponse = super().process_import(request, **kwargs)
        except FileNotFoundError:
            words = _("This import was confirmed already: look whether the rows are there.")
            messages.warning(request, words)
            return redirect(f"admin:{'_'.join(self.get_model_info())}_changelist")
        return done

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """What was right in the preview may be wrong when it is confirmed: nothing is stored."""
        stated: dict[str, Any] = super().get_import_data_kwargs(**kwargs)
        return stated | {"rollback_on_validation_errors": True}

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """The reason, when a row that was right in the preview is no longer."""
        refused = [words for row in result.invalid_rows for words in row.error.messages]
        if not refused and not result.has_errors():
            done: HttpResponse = super().process_result(result, request)
            return done
        words = _("Nothing was imported: since the preview something changed. %(reason)s")
        messages.error(request, words % {"reason": " ".join(dict.fromkeys(refused))})
        return redirect(f"admin:{'_'.join(self.get_model_info())}_import")


class TrackedAdmin(SimpleHistoryAdmin):
    """A model with its history, which is read and never gone back to: going back would pass by the
    operations, which alone change a state and leave a trace."""

    # The browser's own calendar, as on the other pages.
    formfield_overrides: Mapping[type[models.Field[Any, Any]], Mapping[str, Any]] = {
        models.DateField: {"widget": DayInput}
    }

    def get_history_queryset(
        self, request: Any, history_manager: Any, pk_name: str, object_id: Any
    ) -> QuerySet:
        """Who changed it, by the name of the person."""
        rows = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return rows.select_related("history_user__person")

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        """The history of a row; 404 for a key that no row can have."""
        try:
            self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError:
            raise Http404 from None
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: Any, object_id: str, version_id: str, extra_context: Any = None
    ) -> Any:
        if request.method != "GET":
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)


class ReadOnlyAdminMixin:
    """What the administration shows and never changes."""

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class VisibleAdminMixin(ReadOnlyAdminMixin):
    """Shows what the pages show to the same person."""

    def get_queryset(self, request: Any) -> QuerySet:
        found: Any = super().get_queryset(request)  # type: ignore[misc]
        return found.visible_to(request.user)
