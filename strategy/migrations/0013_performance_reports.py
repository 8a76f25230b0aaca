"""The Relazione of a closed year; what was approved or decided of it never changes again."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from organization.immutability import protect, release


class Migration(migrations.Migration):
    dependencies = [
        ("strategy", "0012_reasons_of_deviations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPerformanceReport",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("approved", "approved"),
                            ("transmitted", "sent to the OIV"),
                            ("validated", "validated"),
                            ("with_remarks", "validated with remarks"),
                            ("not_validated", "not validated"),
                            ("published", "published"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="begun at")),
                ("opened_by_label", models.CharField(max_length=200, verbose_name="begun by")),
                (
                    "transmitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sent to the OIV at"),
                ),
                (
                    "transmitted_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="sent to the OIV by"),
                ),
                (
                    "reworked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="taken back to work at"
                    ),
                ),
                (
                    "reworked_by_label",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="taken back to work by"
                    ),
                ),
                (
                    "rework_reason",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="why it went back to work"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published at"),
                ),
                (
                    "published_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="published by"),
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Relazione sulla performance",
                "verbose_name_plural": "historical Relazioni sulla performance",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PerformanceReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("approved", "approved"),
                            ("transmitted", "sent to the OIV"),
                            ("validated", "validated"),
                            ("with_remarks", "validated with remarks"),
                            ("not_validated", "not validated"),
                            ("published", "published"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="begun at")),
                ("opened_by_label", models.CharField(max_length=200, verbose_name="begun by")),
                (
                    "transmitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sent to the OIV at"),
                ),
                (
                    "transmitted_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="sent to the OIV by"),
                ),
                (
                    "reworked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="taken back to work at"
                    ),
                ),
                (
                    "reworked_by_label",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="taken back to work by"
                    ),
                ),
                (
                    "rework_reason",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="why it went back to work"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published at"),
                ),
                (
                    "published_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="published by"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="performance_reports",
                        to="strategy.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "Relazione sulla performance",
                "verbose_name_plural": "Relazioni sulla performance",
                "ordering": ["-year", "-plan__first_year"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalReportSection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField(blank=True, max_length=200000, verbose_name="text")),
                ("is_done", models.BooleanField(default=False, verbose_name="done")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last edited"),
                ),
                (
                    "edited_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="last edited by"),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="address name")),
                ("number", models.CharField(blank=True, max_length=12, verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(2),
                        ],
                        verbose_name="level",
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="needs a text")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.performancereport",
                        verbose_name="Relazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical section of a Relazione",
                "verbose_name_plural": "historical sections of Relazioni",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReportEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of the approval")),
                ("act_type", models.CharField(max_length=80, verbose_name="act")),
                ("act_number", models.CharField(max_length=20, verbose_name="number of the act")),
                ("act_date", models.DateField(verbose_name="date of the act")),
                ("act_body", models.CharField(max_length=80, verbose_name="body")),
                (
                    "act_file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to="acts/",
                        verbose_name="file of the act",
                    ),
                ),
                (
                    "act_file_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the act"),
                ),
                ("approved_at", models.DateTimeField(verbose_name="recorded at")),
                ("approved_by_label", models.CharField(max_length=200, verbose_name="recorded by")),
                ("snapshot", models.TextField(verbose_name="data")),
                (
                    "snapshot_sha256",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the data"),
                ),
                (
                    "pdf",
                    models.FileField(max_length=200, upload_to="relazioni/", verbose_name="PDF"),
                ),
                ("pdf_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the PDF")),
                ("pdf_size", models.PositiveIntegerField(verbose_name="size of the PDF, bytes")),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_editions",
                        to="strategy.yearclosing",
                        verbose_name="closing",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="strategy.performancereport",
                        verbose_name="Relazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "approved Relazione",
                "verbose_name_plural": "approved Relazioni",
                "ordering": ["report", "-number"],
            },
        ),
        migrations.CreateModel(
            name="ReportSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField(blank=True, max_length=200000, verbose_name="text")),
                ("is_done", models.BooleanField(default=False, verbose_name="done")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "edited_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last edited"),
                ),
                (
                    "edited_by_label",
                    models.CharField(blank=True, max_length=200, verbose_name="last edited by"),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="address name")),
                ("number", models.CharField(blank=True, max_length=12, verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(2),
                        ],
                        verbose_name="level",
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="needs a text")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="strategy.performancereport",
                        verbose_name="Relazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "section of a Relazione",
                "verbose_name_plural": "sections of Relazioni",
                "ordering": ["report", "position"],
            },
        ),
        migrations.CreateModel(
            name="ReportValidation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("validated", "validated"),
                            ("with_remarks", "validated with remarks"),
                            ("not_validated", "not validated"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("notes", models.TextField(blank=True, max_length=20000, verbose_name="notes")),
                ("validated_at", models.DateTimeField(verbose_name="decided at")),
                ("validated_by_label", models.CharField(max_length=200, verbose_name="decided by")),
                (
                    "minutes",
                    models.FileField(
                        blank=True, max_length=200, upload_to="minutes/", verbose_name="minutes"
                    ),
                ),
                (
                    "minutes_sha256",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="SHA-256 of the minutes"
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="validation",
                        to="strategy.reportedition",
                        verbose_name="approved Relazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "validation of a Relazione",
                "verbose_name_plural": "validations of Relazioni",
                "ordering": ["-validated_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="performancereport",
            constraint=models.UniqueConstraint(
                fields=("plan", "year"),
                name="strategy_performancereport_once_per_plan_and_year",
                violation_error_message="This year already has its Relazione.",
            ),
        ),
        migrations.AddConstraint(
            model_name="performancereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "approved",
                            "transmitted",
                            "validated",
                            "with_remarks",
                            "not_validated",
                            "published",
                        ],
                    )
                ),
                name="strategy_performancereport_state_is_known",
                violation_error_message="A Relazione has no such state.",
            ),
        ),
        migrations.AddConstraint(
            model_name="performancereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("transmitted_at__isnull", True), ("transmitted_by_label", "")),
                    models.Q(
                        ("transmitted_at__isnull", False),
                        models.Q(("transmitted_by_label", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="strategy_performancereport_sending_at_and_by_together",
                violation_error_message="A sending has its moment and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="performancereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "approved"]),
                    ("transmitted_at__isnull", False),
                    _connector="OR",
                ),
                name="strategy_performancereport_sent_before_it_is_validated",
                violation_error_message="The OIV answers of what was sent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="performancereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("rework_reason", ""),
                        ("reworked_at__isnull", True),
                        ("reworked_by_label", ""),
                    ),
                    models.Q(
                        ("reworked_at__isnull", False),
                        models.Q(("reworked_by_label", ""), _negated=True),
                        models.Q(("rework_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="strategy_performancereport_rework_at_by_and_reason_together",
                violation_error_message="What goes back to work says who, when and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="performancereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("state", "published"),
                        models.Q(("published_by_label", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "published"), _negated=True),
                        ("published_at__isnull", True),
                        ("published_by_label", ""),
                    ),
                    _connector="OR",
                ),
                name="strategy_performancereport_published_at_and_by_together",
                violation_error_message="A publication has its moment and its person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedition",
            constraint=models.UniqueConstraint(
                fields=("report", "number"),
                name="strategy_reportedition_number_once_per_report",
                violation_error_message="This approval has already been recorded.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act_number", ""), _negated=True),
                    models.Q(("act_type", ""), _negated=True),
                    models.Q(("act_body", ""), _negated=True),
                ),
                name="strategy_reportedition_act_is_named",
                violation_error_message="A Relazione needs the act that approved it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act_file", ""), ("act_file_sha256", "")),
                    models.Q(
                        models.Q(("act_file", ""), _negated=True),
                        models.Q(("act_file_sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="strategy_reportedition_file_of_the_act_with_its_hash",
                violation_error_message="The file of the act goes with its hash.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsection",
            constraint=models.UniqueConstraint(
                fields=("report", "slug"),
                name="strategy_reportsection_slug_once_per_report",
                violation_error_message="This Relazione already has a section at this address.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportvalidation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "validated"),
                    models.Q(("notes", ""), _negated=True),
                    _connector="OR",
                ),
                name="strategy_reportvalidation_remarks_are_written",
                violation_error_message="Write what was remarked.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportvalidation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("minutes", ""), ("minutes_sha256", "")),
                    models.Q(
                        models.Q(("minutes", ""), _negated=True),
                        models.Q(("minutes_sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="strategy_reportvalidation_minutes_with_their_hash",
                violation_error_message="The minutes go with their hash.",
            ),
        ),
        *(
            migrations.RunPython(protect(table), release(table), elidable=False)
            for table in ("strategy_reportedition", "strategy_reportvalidation")
        ),
    ]
