"""An e-mail address opens one account: the identity provider's answer must not name two."""

from django.conf import settings
from django.db import migrations

CREATE = "CREATE UNIQUE INDEX staff_one_account_an_address ON auth_user (lower(email)) WHERE email <> '';"
DROP = "DROP INDEX staff_one_account_an_address;"


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunSQL(CREATE, reverse_sql=DROP)]
