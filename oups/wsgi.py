"""The entry point of the web server."""

import os

import django

from common import wsgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oups.settings")
django.setup(set_prefix=False)

application = wsgi.application()
