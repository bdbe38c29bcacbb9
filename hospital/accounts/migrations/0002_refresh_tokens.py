import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def keep_open_sessions(apps, _schema_editor):
    sessions = apps.get_model("accounts", "PatientSession").objects
    sessions.update(last_seen_at=F("created_at"), ends_at=F("expires_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="patientsession",
            name="refresh_hash",
            field=models.BinaryField(max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="patientsession",
            name="last_seen_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="patientsession",
            name="ends_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(keep_open_sessions, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="patientsession",
            name="last_seen_at",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="patientsession",
            name="ends_at",
            field=models.DateTimeField(),
        ),
        migrations.CreateModel(
            name="SpentRefreshToken",
            fields=[
                ("token_hash", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("spent_at", models.DateTimeField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.patientsession"
                    ),
                ),
            ],
        ),
    ]
