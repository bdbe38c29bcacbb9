"""WSGI entry of the naive booking, for `launch/web.py`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
settings.ROOT_URLCONF = "bench.naively.booking"
get_resolver().url_patterns  # noqa: B018 - as the product's own entry does
