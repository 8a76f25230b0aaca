"""An adopted edition is never changed or deleted, in the database too."""

from django.db import migrations

from organization.immutability import protect, release


class Migration(migrations.Migration):
    dependencies = [("strategy", "0001_initial")]

    operations = [
        migrations.RunPython(
            protect("strategy_edition"), release("strategy_edition"), elidable=False
        )
    ]
