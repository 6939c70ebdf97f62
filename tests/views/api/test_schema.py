"""The OpenAPI document says what the API does: schemathesis asks what it allows and what it does not, and compares."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as chosen
from hypothesis import strategies as st
from schemathesis import GenerationMode

from articles.views.api.api import document
from newsroom.wsgi import application

EXAMPLES = 20
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
SCHEMA.app = application
OPERATIONS = {operation.ok().label: operation.ok() for operation in SCHEMA.get_all_operations()}


@pytest.fixture
def one_connection():
    """As in Django's own test client: the end of a request does not end the connection that the test is in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(make, settings, one_connection):
    """A newsroom with a few stories in both languages; the uuids that operations may be asked for."""
    settings.API_RATE = 0
    photo = make.photo()
    story = make.live_story(pictures=[photo, make.photo()])
    make.live_story(language="ar", sibling_key=story.sibling_key)
    make.live_story("Another")
    return {"GET /api/v1/stories/{uuid}": story.uuid, "GET /api/v1/photos/{uuid}": photo.uuid}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_whatever_is_asked_the_answer_is_what_the_document_says(known, label, mode):
    @seed(6)
    @given(OPERATIONS[label].as_strategy(generation_mode=mode), st.booleans())
    @chosen(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case, is_known):
        if label in known and mode is GenerationMode.POSITIVE and is_known:
            case.path_parameters["uuid"] = str(known[label])
        case.call_and_validate()

    ask()


def test_the_document_names_every_operation_there_is():
    assert len(OPERATIONS) == 8
    assert document()["openapi"].startswith("3.1")
