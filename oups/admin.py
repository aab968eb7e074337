"""How the admin presents itself."""

from django.contrib import admin
from procrastinate.contrib.django import admin as jobs

admin.site.site_header = "Oups, la gestion du catalogue"
admin.site.site_title = "Oups"
admin.site.index_title = "À faire"
admin.site.index_template = "admin/work_list.html"
admin.site.enable_nav_sidebar = False  # the lists need the width; the breadcrumb leads back
admin.site.unregister(jobs.models.ProcrastinateJob)  # English, open to no role: the worker's log says all
