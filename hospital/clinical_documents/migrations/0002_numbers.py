"""The counter of the register of certificates; a rolled-back row leaves a gap."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinical_documents", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE clinical_documents_number", "DROP SEQUENCE clinical_documents_number"),
    ]
