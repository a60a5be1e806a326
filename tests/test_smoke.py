import pytest

pytestmark = pytest.mark.django_db


def test_home_answers(client):
    assert client.get("/lv/").status_code == 200
