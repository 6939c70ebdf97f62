"""The newsroom's addresses, and one that does nothing: the yardstick."""

from django.http import HttpResponse
from django.urls import path

from newsroom.urls import urlpatterns as newsroom

urlpatterns = [path("empty/", lambda request: HttpResponse(b"")), *newsroom]
