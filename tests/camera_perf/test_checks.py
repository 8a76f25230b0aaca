"""What the deployment check says of accounts with the public password."""

from django.utils import translation

from camera_perf.checks import no_demo_people
from organization.models import User


def test_the_public_password_is_named_account_by_account(bergamo) -> None:
    User.objects.exclude(username__in=["oiv", "segretario"]).update(is_active=False)

    with translation.override("en"):
        (error,) = no_demo_people(None, databases=["default"])

    assert error.id == "camera_perf.E001"
    assert error.msg == "Accounts with the public password of the demonstration: segretario, oiv."


def test_an_account_with_a_password_of_its_own_passes(bergamo) -> None:
    User.objects.exclude(username="oiv").update(is_active=False)
    user = bergamo.user("oiv")
    user.set_password("another-long-password")
    user.save()

    assert no_demo_people(None, databases=["default"]) == []


def test_without_a_database_nothing_is_asked() -> None:
    assert no_demo_people(None) == []
