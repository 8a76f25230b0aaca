"""What `manage.py check --deploy --database default` says of an installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import gettext as _

from camera_perf.demo import PASSWORD
from organization.models import User


@register(Tags.database, deploy=True)
def no_demo_people(
    app_configs: Any, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """An installation that serves real work holds no account with the public password."""
    if not databases:
        return []
    accounts = User.objects.filter(is_active=True).order_by("pk")
    names = [user.username for user in accounts if user.check_password(PASSWORD)]
    if not names:
        return []
    message = _("Accounts with the public password of the demonstration: %(names)s.")
    return [
        Error(
            message % {"names": ", ".join(names)},
            hint=_("Give them another password or deactivate them in the administration pages."),
            id="camera_perf.E001",
        )
    ]
