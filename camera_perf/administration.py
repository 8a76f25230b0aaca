"""The site of the administration: what its lists may be asked in the address.

Django filters a list by any field named in the address, shown or not, and by what points at its
rows: enough to ask of each person what the pages leave out on purpose.
"""

from __future__ import annotations

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
        names, columns = self._declared(request)
        return lookup in names or lookup.startswith(columns)

    def _declared(self, request: Any) -> tuple[set[str], tuple[str, ...]]:
        """The names of the filters, and how those of a column begin: of a column that is declared
        anything may be asked, of a link only where it leads."""
        names: set[str] = set()
        columns = [self.date_hierarchy] if self.date_hierarchy else []
        for each in self.get_list_filter(request):  # type: ignore[attr-defined]
            if isinstance(each, type) and issubclass(each, admin.SimpleListFilter):
                names.add(str(each.parameter_name))
                continue
            path = each if isinstance(each, str) else each[0]
            field: Any = get_fields_from_path(self.model, path)[-1]
            if field.is_relation:
                names |= {f"{path}__{field.target_field.name}__exact", f"{path}__isnull"}
            else:
                names.add(path)
                columns.append(path)
        return names, tuple(column + LOOKUP_SEP for column in columns)


class Administration(admin.AdminSite):
    """The site on which every model is registered, those of other packages too."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        chosen = admin_class or admin.ModelAdmin
        guarded = type(chosen.__name__, (DeclaredFilters, chosen), {})
        super().register(model_or_iterable, guarded, **options)
