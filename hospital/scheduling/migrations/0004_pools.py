import datetime as dt

from django.db import migrations, models

POOLS = ["OPEN", "APP", "MINI", "WINDOW", "KIOSK", "DOCTOR", "VIP"]
EVER = dt.datetime(2000, 1, 1, 0, 0, tzinfo=dt.UTC)


class Migration(migrations.Migration):
    """What there was already is open to everybody."""

    dependencies = [("scheduling", "0003_roster")]

    operations = [
        migrations.AddField(
            model_name="slot",
            name="pool",
            field=models.CharField(
                choices=[(each, each) for each in POOLS], db_default="OPEN", default="OPEN", max_length=6
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="opens_at",
            field=models.DateTimeField(db_default=EVER, default=EVER),
        ),
        migrations.AddField(model_name="slot", name="folds_back_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="slot", name="is_returning", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(condition=models.Q(("pool__in", POOLS)), name="slot_pool_known"),
        ),
    ]
