"""Planning works on the plan: consultations, updates, the writing of the document."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from organization.immutability import protect, release


class Migration(migrations.Migration):
    dependencies = [
        ("strategy", "0002_editions_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # SQLite makes the table anew when a column is added, and its triggers go with the old one.
        migrations.RunPython(
            release("strategy_edition"), protect("strategy_edition"), elidable=False
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(verbose_name="revision")),
                (
                    "body",
                    models.CharField(
                        choices=[("unions", "Unions and RSU"), ("cug", "CUG"), ("oiv", "OIV")],
                        max_length=10,
                        verbose_name="body heard",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("favourable", "favourable"),
                            ("remarks", "favourable with remarks"),
                            ("contrary", "contrary"),
                            ("no_reply", "no reply within the term"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="note")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "recorded_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="recorded by"),
                ),
            ],
            options={
                "verbose_name": "consultation on the plan",
                "verbose_name_plural": "consultations on the plan",
                "ordering": ["plan", "-revision", "held_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalConsultation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(verbose_name="revision")),
                (
                    "body",
                    models.CharField(
                        choices=[("unions", "Unions and RSU"), ("cug", "CUG"), ("oiv", "OIV")],
                        max_length=10,
                        verbose_name="body heard",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("favourable", "favourable"),
                            ("remarks", "favourable with remarks"),
                            ("contrary", "contrary"),
                            ("no_reply", "no reply within the term"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="note")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "recorded_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="recorded by"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical consultation on the plan",
                "verbose_name_plural": "historical consultations on the plan",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SectionImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(max_length=200, upload_to="sections/", verbose_name="picture"),
                ),
                ("width", models.PositiveIntegerField(verbose_name="width in pixels")),
                ("height", models.PositiveIntegerField(verbose_name="height in pixels")),
                ("alt", models.CharField(max_length=300, verbose_name="alternative text")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                (
                    "uploaded_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="uploaded by"),
                ),
            ],
            options={
                "verbose_name": "picture of the document",
                "verbose_name_plural": "pictures of the document",
                "ordering": ["plan", "-uploaded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SectionPresence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(verbose_name="last heard of at")),
            ],
            options={
                "verbose_name": "person writing a section",
                "verbose_name_plural": "people writing a section",
                "ordering": ["section", "seen_at"],
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="act_file",
            field=models.FileField(
                blank=True, max_length=200, upload_to="acts/", verbose_name="file of the act"
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="act_file_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the act"),
        ),
        migrations.AddField(
            model_name="edition",
            name="reason",
            field=models.TextField(
                blank=True, max_length=4000, verbose_name="reason of the update"
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="strategy.plan",
                verbose_name="continues",
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="figure_checks",
            field=models.JSONField(blank=True, default=dict, verbose_name="checks of the figures"),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="update_reason",
            field=models.TextField(
                blank=True, max_length=4000, verbose_name="reason of the update"
            ),
        ),
        migrations.AddField(
            model_name="historicalsection",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last edited"),
        ),
        migrations.AddField(
            model_name="historicalsection",
            name="edited_by_label",
            field=models.CharField(blank=True, max_length=200, verbose_name="last edited by"),
        ),
        migrations.AddField(
            model_name="historicalsection",
            name="is_done",
            field=models.BooleanField(default=False, verbose_name="done"),
        ),
        migrations.AddField(
            model_name="historicalsection",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="plan",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued_by",
                to="strategy.plan",
                verbose_name="continues",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="figure_checks",
            field=models.JSONField(blank=True, default=dict, verbose_name="checks of the figures"),
        ),
        migrations.AddField(
            model_name="plan",
            name="update_reason",
            field=models.TextField(
                blank=True, max_length=4000, verbose_name="reason of the update"
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last edited"),
        ),
        migrations.AddField(
            model_name="section",
            name="edited_by_label",
            field=models.CharField(blank=True, max_length=200, verbose_name="last edited by"),
        ),
        migrations.AddField(
            model_name="section",
            name="is_done",
            field=models.BooleanField(default=False, verbose_name="done"),
        ),
        migrations.AddField(
            model_name="section",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act_file", ""), ("act_file_sha256", "")),
                    models.Q(
                        models.Q(("act_file", ""), _negated=True),
                        models.Q(("act_file_sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="strategy_edition_file_of_the_act_with_its_hash",
                violation_error_message="The file of the act goes with its hash.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "consultation",
                            "proposed",
                            "adopted",
                            "published",
                            "updating",
                            "closed",
                        ],
                    )
                ),
                name="strategy_plan_state_is_known",
                violation_error_message="A plan has no such state.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "updating"), _negated=True),
                    models.Q(("update_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="strategy_plan_update_has_its_reason",
                violation_error_message="Say why the plan is updated.",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consultations",
                to="strategy.plan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="historicalconsultation",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalconsultation",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="strategy.plan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="sectionimage",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="images",
                to="strategy.plan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="sectionpresence",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="presences",
                to="strategy.section",
                verbose_name="section",
            ),
        ),
        migrations.AddField(
            model_name="sectionpresence",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="open_sections",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["favourable", "no_reply"]),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="strategy_consultation_remarks_are_written",
                violation_error_message="Write what was remarked.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionimage",
            constraint=models.UniqueConstraint(
                fields=("plan", "sha256"),
                name="strategy_sectionimage_once_per_plan",
                violation_error_message="This plan already has this picture.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionimage",
            constraint=models.CheckConstraint(
                condition=models.Q(("alt", ""), _negated=True),
                name="strategy_sectionimage_alternative_text_is_written",
                violation_error_message="Write what the picture shows.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionpresence",
            constraint=models.UniqueConstraint(
                fields=("section", "user"),
                name="strategy_sectionpresence_once_per_section_and_user",
                violation_error_message="This person is already there.",
            ),
        ),
        migrations.RunPython(
            protect("strategy_edition"), release("strategy_edition"), elidable=False
        ),
    ]
