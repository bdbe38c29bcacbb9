from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="partnerrequest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("HOLD", "HOLD"),
                    ("REGISTER", "REGISTER"),
                    ("CANCEL", "CANCEL"),
                    ("PAY", "PAY"),
                    ("REFUND_DONE", "REFUND_DONE"),
                    ("NUMBER", "NUMBER"),
                    ("SETTLE", "SETTLE"),
                ],
                max_length=12,
            ),
        )
    ]
