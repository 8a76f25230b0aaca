"""A plan says from where on a degree of attainment is called what."""

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("strategy", "0003_work_on_the_plan"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalplan",
            name="beyond_above",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("100"),
                max_digits=5,
                verbose_name="beyond the target above",
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="partly_reached_from",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("70"),
                max_digits=5,
                verbose_name="partly reached from",
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="reached_from",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("90"), max_digits=5, verbose_name="reached from"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="beyond_above",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("100"),
                max_digits=5,
                verbose_name="beyond the target above",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="partly_reached_from",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("70"),
                max_digits=5,
                verbose_name="partly reached from",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="reached_from",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("90"), max_digits=5, verbose_name="reached from"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partly_reached_from__gt", 0),
                    ("reached_from__gt", models.F("partly_reached_from")),
                    ("beyond_above__gte", models.F("reached_from")),
                ),
                name="strategy_plan_limits_of_the_bands_ascend",
                violation_error_message="The limits of the bands go up: above zero partly reached, then reached, then beyond the target.",
            ),
        ),
    ]
