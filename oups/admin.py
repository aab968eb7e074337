"""How the admin presents itself."""

from django.contrib import admin

admin.site.site_header = "Oups, la gestion du catalogue"
admin.site.site_title = "Oups"
admin.site.index_title = "Que voulez-vous faire ?"
admin.site.enable_nav_sidebar = False  # the lists need the width; the breadcrumb leads back
