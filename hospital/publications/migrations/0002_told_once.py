from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial")]

    operations = [
        migrations.AddField(model_name="article", name="told_at", field=models.DateTimeField(null=True)),
    ]
