"""Treatment sheets have numbers of their own."""

from django.db import migrations, models

KINDS = (
    "REGISTRATION_SLIP",
    "FEE_STATEMENT",
    "REFUND_NOTICE",
    "PRESCRIPTION",
    "EXAMINATION_REQUEST",
    "LABORATORY_REPORT",
    "EXAMINATION_REPORT",
    "RECEIPT_SHEET",
    "PRICE_NOTICE",
    "DAILY_SETTLEMENT",
    "MEDICAL_DOCUMENT",
    "MEDICAL_CERTIFICATE",
    "TREATMENT_SHEET",
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_medical_documents")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE documents_ts_number AS bigint MINVALUE 1 MAXVALUE 9999999 CYCLE",
            "DROP SEQUENCE documents_ts_number",
        ),
        migrations.AlterField(
            model_name="issueddocument",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=24),
        ),
    ]
