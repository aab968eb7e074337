"""How the admin presents itself."""

from django.contrib import admin

admin.site.site_header = "Oups, la gestion du catalogue"
admin.site.site_title = "Oups"
admin.site.index_title = "Que voulez-vous faire ?"
