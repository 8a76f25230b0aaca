"""The closing of a year and its reopening are never changed or deleted, in the database too."""

from django.db import migrations

from organization.immutability import protect, release


class Migration(migrations.Migration):
    dependencies = [("strategy", "0010_years_are_closed")]

    operations = [
        migrations.RunPython(protect(table), release(table), elidable=False)
        for table in ("strategy_yearclosing", "strategy_yearreopening")
    ]
