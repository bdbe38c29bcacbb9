from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0004_attended_channels'),
    ]

    operations = [
        migrations.AddField(
            model_name='paymentorder',
            name='end_round',
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name='paymentorder',
            name='ending_until',
            field=models.DateTimeField(null=True),
        ),
    ]
