"""Who is signed in: people of the newsroom in front of its screens."""

import pytest


@pytest.fixture
def photo_editor(client, make):
    """Photo staff, signed in."""
    user = make.photo_editor()
    client.force_login(user)
    return user
