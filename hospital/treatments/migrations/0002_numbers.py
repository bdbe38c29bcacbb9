"""The counter of the printed numbers; a rolled-back order leaves a gap."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("treatments", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE treatments_number", "DROP SEQUENCE treatments_number"),
    ]
