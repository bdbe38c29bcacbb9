from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patients", "0004_notice_of_a_claim")]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="code_sent_by",
            field=models.CharField(blank=True, db_default="", max_length=5),
        ),
    ]
