"""Medical documents and certificates have numbers of their own."""

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
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_signed_copy")]

    operations = [
        *(
            migrations.RunSQL(
                f"CREATE SEQUENCE documents_{letters}_number AS bigint MINVALUE 1 MAXVALUE 9999999 CYCLE",
                f"DROP SEQUENCE documents_{letters}_number",
            )
            for letters in ("md", "mc")
        ),
        migrations.AlterField(
            model_name="issueddocument",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=24),
        ),
    ]
