from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_build_queue_of_documents")]

    operations = [
        migrations.AlterField(
            model_name="build",
            name="kind",
            field=models.SlugField(max_length=100, verbose_name="kind"),
        ),
    ]
