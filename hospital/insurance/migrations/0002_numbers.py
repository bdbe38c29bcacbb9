from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("insurance", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE insurance_claim_number", "DROP SEQUENCE insurance_claim_number"),
    ]
