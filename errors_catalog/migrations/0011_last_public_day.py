"""The day that closes an entry is the last that the public reads it: only its words change."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('errors_catalog', '0010_work_list'),
    ]

    operations = [
        migrations.AlterField(
            model_name='frequenterror',
            name='expires_on',
            field=models.DateField(blank=True, help_text='Quand la règle cesse. La page quitte le public le lendemain.', null=True, verbose_name='dernier jour public'),
        ),
    ]
