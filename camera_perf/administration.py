"""The site of the administration: what its lists may be asked in the address.

Django filters a list by any field named in the address, shown or not, and by what points at its
rows: enough to ask of each person what the pages leave out on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.db.models.constants import LOOKUP_SEP


class DeclaredFilters:
    """A list is filtered by the filters and the calendar that it declares; the address asks nothing
    else of it: 400."""

    model: Any
    date_hierarchy: str | None

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        return any(
            lookup in exact or bool(column) and lookup.startswith(column)
            for exact, column in self._declared(request)
        )

    def _declared(self, request: Any) -> Iterator[tuple[set[str], str]]:
        """For each filter the lookups that it makes, and how those of a column begin: of a column
        that is filtered anything may be asked, of a link only where it leads."""
        for each in self.get_list_filter(request):  # type: ignore[attr-defined]
            if isinstance(each, type) and issubclass(each, admin.SimpleListFilter):
                yield {each.parameter_name}, ""
                continue
            path = each if isinstance(each, str) else each[0]
            field = get_fields_from_path(self.model, path)[-1]
            if field.is_relation:
                target = field.target_field.name  # type: ignore[attr-defined]
                yield {f"{path}__{target}__exact", f"{path}__isnull"}, ""
            else:
                yield {path}, path + LOOKUP_SEP
        if self.date_hierarchy:
            yield set(), self.date_hierarchy + LOOKUP_SEP


class Administration(admin.AdminSite):
    """The site on which every model is registered, those of other packages too."""

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        chosen = admin_class or admin.ModelAdmin
        guarded = type(chosen.__name__, (DeclaredFilters, chosen), {})
        super().register(model_or_iterable, guarded, **options)
