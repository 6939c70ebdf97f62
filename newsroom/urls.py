"""The two doors: the admin for the newsroom, everything else for readers."""

from django.contrib import admin
from django.urls import include, path

from articles.admin import sharing

urlpatterns = [
    # A draft for somebody without an account: an address of the admin's that asks nobody to sign in.
    path("admin/share/<str:token>/", sharing.shared, name="share"),
    path("admin/share/<str:token>/renditions/<str:photo>/<str:name>", sharing.rendition, name="share-rendition"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]

handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.failed"
