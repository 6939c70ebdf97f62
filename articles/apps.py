"""The application's start: roles are installed after migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Newsroom")

    def ready(self):
        from . import checks  # noqa: F401, PLC0415  registers the deployment checks
        from .roles import install  # noqa: PLC0415  models are ready only now

        post_migrate.connect(install, sender=self, dispatch_uid="articles.roles.install")
