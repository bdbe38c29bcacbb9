from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0003_windows_and_partners'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='paymentorder',
            name='payment_paying_at',
        ),
        migrations.AddConstraint(
            model_name='paymentorder',
            constraint=models.CheckConstraint(
                condition=~models.Q(state='PAYING')
                | (
                    models.Q(paying_at__isnull=False)
                    & (~models.Q(checkout_url='') | ~models.Q(session_id='') | models.Q(channel__in=['ALIPAY_CODE', 'TERMINAL', 'WECHAT_CODE']))
                ),
                name='payment_paying_at',
            ),
        ),
    ]
