from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_ways_in")]

    operations = [
        migrations.CreateModel(
            name="TextCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=64)),
                ("began_at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("scope", "began_at"), name="text_count_once")],
            },
        ),
    ]
