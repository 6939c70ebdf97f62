import pytest
from django.contrib.auth.models import User
pytestmark=pytest.mark.browser
def test_sign_in(page, live_server):
    User.objects.create_superuser("chief", password="secret")
    page.goto(live_server.url + "/admin/")
    page.fill("#id_username","chief"); page.fill("#id_password","secret"); page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + "/admin/")
    assert User.objects.count() == 1
def test_two(page, live_server, settings, tmp_path):
    from articles.models import Photo
    assert str(Photo._meta.get_field("original").storage.location).startswith(str(tmp_path))
def test_skip():
    pytest.skip("because")
