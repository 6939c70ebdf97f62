"""Addresses that nothing can have: they are answered in words, whatever the database makes of them."""

import pytest

NOWHERE = (
    "/en/section/a%00b/",
    "/en/tag/%00/2016/07/",
    "/en/author/%00/feed.xml",
    "/en/2016/07/28/%00/",
    "/admin/renditions/%00/320.jpg",
    "/admin/articles/story/?status=%00",
    "/admin/articles/story/choices/tags/?q=a%00",
)


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_with_a_nul_is_nowhere(client, make, address):
    client.force_login(make.administrator())
    assert client.get(address).status_code == 404


def test_a_reader_is_told_so_in_the_language_of_the_address(client, make):
    assert 'lang="ar"' in client.get("/ar/tag/%00/").content.decode()
