from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campuses", "0003_symptom_order")]

    operations = [
        migrations.AddField(
            model_name="symptom",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
