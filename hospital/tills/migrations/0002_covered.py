from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tills', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='closingentry',
            name='covered',
            field=models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=14),
        ),
    ]
