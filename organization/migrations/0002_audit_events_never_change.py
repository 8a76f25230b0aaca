"""The trace of what was done is append only, in the database too."""

from django.db import migrations

from organization.immutability import protect, release


class Migration(migrations.Migration):
    dependencies = [("organization", "0001_initial")]

    operations = [
        migrations.RunPython(
            protect("organization_auditevent"), release("organization_auditevent"), elidable=False
        )
    ]
