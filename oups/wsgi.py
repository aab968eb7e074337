"""The entry point of the web server."""

import os

import django

from common.wsgi import Utf8Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oups.settings")
django.setup(set_prefix=False)

application = Utf8Handler()
