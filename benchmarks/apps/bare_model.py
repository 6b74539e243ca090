"""The table, for Django, and Django itself in as few settings as it needs."""

import os
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings
from django.db import models

parts = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="of no use here",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=os.environ["BARE_URLS"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path[1:],
            "USER": parts.username,
            "PASSWORD": parts.password or "",
            "HOST": parts.hostname or parse_qs(parts.query)["host"][0],
            "PORT": parts.port or "",
            "OPTIONS": {"pool": {"min_size": 0, "max_size": 10}},
        }
    },
)
django.setup()


class Market(models.Model):
    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    slug = models.TextField()
    status = models.TextField()
    version = models.IntegerField()
    fee_minor_units = models.IntegerField(null=True)
    fee_currency = models.TextField(null=True)

    class Meta:
        app_label = "bare"
        db_table = "market"
        managed = False

    def __str__(self):
        return self.slug
