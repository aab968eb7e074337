#!/usr/bin/env python
"""Django's command line for Oups."""

import os
import sys

from django.core.management import execute_from_command_line

from common import demo_environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oups.settings")
    if sys.argv[1:2] == ["demo"]:
        demo_environment.ensure()  # before the settings are read: they refuse to start without a secret
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
