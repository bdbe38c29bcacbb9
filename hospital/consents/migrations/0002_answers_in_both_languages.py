from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_initial")]

    operations = [
        migrations.RenameField(model_name="correctionrequest", old_name="answer", new_name="answer_zh"),
        migrations.AddField(
            model_name="correctionrequest",
            name="answer_en",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="correctionrequest",
            name="answered_by",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
    ]
