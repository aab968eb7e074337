from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.contrib.auth.signals import user_logged_in

from staff import sessions


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "personnel"

    def ready(self) -> None:
        user_logged_in.connect(sessions.start)


class StaffAdminConfig(admin.AdminConfig):
    """Django's admin, behind our sign-in. Named in `INSTALLED_APPS` in place of `django.contrib.admin`."""

    default = False  # "staff" alone means the application above
    default_site = "staff.site.StaffSite"
