"""What a check has to look at for a request to read again to be settled: the law, or the contacts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('errors_catalog', '0011_last_public_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='rereadingrequest',
            name='about',
            field=models.CharField(choices=[('law', 'les références juridiques'), ('contacts', 'les contacts')], default='law', max_length=8, verbose_name="ce qu'il faut relire"),
        ),
    ]
