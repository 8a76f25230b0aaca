"""Plans that were published before there were monitoring periods get those of their years."""

import datetime

from django.db import migrations
from django.utils import timezone

# As strategy.operations.periods gives them at a publication; written out, for that may change.
ENDS = ((6, 30), (9, 30), (12, 31))
DAYS_TO_ENTER = datetime.timedelta(days=15)
MONITORED = {"published", "updating"}


def add_periods(apps, schema_editor):
    Plan = apps.get_model("strategy", "Plan")
    MonitoringPeriod = apps.get_model("strategy", "MonitoringPeriod")
    taken = set()
    # The newest first: of two plans that share a year it is the one that is measured.
    for plan in Plan.objects.order_by("-first_year"):
        if plan.state not in MONITORED and not (plan.revision and plan.state != "closed"):
            continue
        for year in range(plan.first_year, plan.first_year + 3):
            if year in taken:
                continue
            taken.add(year)
            for month, day in ENDS:
                end = datetime.date(year, month, day)
                MonitoringPeriod.objects.create(
                    plan=plan,
                    ends_on=end,
                    opens_on=end,
                    closes_on=end + DAYS_TO_ENTER,
                    changed_at=timezone.now(),
                )


class Migration(migrations.Migration):
    dependencies = [("strategy", "0006_monitoring_periods")]

    # Backwards nothing: the table goes with the step before.
    operations = [migrations.RunPython(add_periods, migrations.RunPython.noop)]
