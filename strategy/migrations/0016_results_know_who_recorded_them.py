"""A result of an activity knows the user who recorded it; of those recorded before, the history of
the activity says who: it was saved at the same moment."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_recorders(apps, schema_editor):
    versions = apps.get_model("strategy", "HistoricalProjectActivity").objects.filter(
        id=OuterRef("activity_id"), history_date=OuterRef("recorded_at")
    )
    results = apps.get_model("strategy", "ActivityResult").objects.filter(recorded_by=None)
    results.update(recorded_by=Subquery(versions.values("history_user")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("strategy", "0015_what_the_oiv_decided_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="activityresult",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activity_results",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        # Backwards nothing: the column goes with the step before.
        migrations.RunPython(name_recorders, migrations.RunPython.noop),
    ]
