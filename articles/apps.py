"""The application's start: roles are installed after migrate, and the admin is our own site."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Newsroom")

    def ready(self):
        from . import checks  # noqa: F401, PLC0415  registers the deployment checks
        from .roles import install  # noqa: PLC0415  models are ready only now

        # Permissions are made application by application: after the last one they are all there.
        *_others, last = apps.get_app_configs()
        post_migrate.connect(install, sender=last, dispatch_uid="articles.roles.install")


class DeskConfig(AdminConfig):
    """Django's admin with our site as its default: `django.contrib.admin.site` is then ours everywhere."""

    default_site = "articles.admin.site.NewsroomSite"

    def ready(self):
        super().ready()
        # Not in `articles.admin` itself: whoever asks for the site imports that package, and it would be made twice.
        from .admin import screens  # noqa: F401, PLC0415  registers every screen
