"""The addresses readers use. What each answers is in `articles.views`."""

urlpatterns = []
