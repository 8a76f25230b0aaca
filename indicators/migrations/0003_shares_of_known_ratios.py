"""Ratios recorded before `is_share` existed get it as a load gives it: those in per cent that
never went beyond 100. The office may say otherwise in the administration."""

from django.db import migrations
from django.db.models import Exists, OuterRef, Q


def mark_shares(apps, schema_editor):
    Indicator = apps.get_model("indicators", "Indicator")
    per_cent, beyond = [], []
    for name in ("Target", "Actual"):
        cells = apps.get_model("indicators", name).objects.filter(
            indicator=OuterRef("pk"), kind="percent"
        )
        per_cent.append(Exists(cells))
        beyond.append(Exists(cells.filter(number__gt=100)))
    in_per_cent = Q(unit_of_measure="%") | per_cent[0] | per_cent[1]
    ratios = Indicator.objects.exclude(denominator="").filter(in_per_cent)
    ratios.exclude(beyond[0] | beyond[1]).update(is_share=True)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_share_of_a_whole")]

    # Backwards nothing: the column goes with the step before.
    operations = [migrations.RunPython(mark_shares, migrations.RunPython.noop)]
