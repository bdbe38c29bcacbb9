"""The counters of the printed numbers; a rolled-back row leaves a gap."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE results_specimen_number", "DROP SEQUENCE results_specimen_number"),
        migrations.RunSQL("CREATE SEQUENCE results_report_number", "DROP SEQUENCE results_report_number"),
    ]
