"""A figure knows for whom it was sent, when a substitute sent it. Of those sent before nothing is
known but the note in the register."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0007_taken_back_when_and_by_whom"),
        ("strategy", "0016_results_know_who_recorded_them"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalrecording",
            name="submitted_for",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organization.person",
                verbose_name="sent for",
            ),
        ),
        migrations.AddField(
            model_name="recording",
            name="submitted_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recordings_sent_for",
                to="organization.person",
                verbose_name="sent for",
            ),
        ),
    ]
