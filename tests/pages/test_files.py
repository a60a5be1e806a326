"""Pictures lose what they carry and get a name that says nothing."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pages.models import SiteImage

pytestmark = pytest.mark.django_db

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
MARKER = "zqplace4471"


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    """Uploads of these tests go to a folder of their own."""
    settings.MEDIA_ROOT = tmp_path


def photograph(kind: str = "JPEG") -> bytes:
    """A picture 40 by 20 with a place, a maker and a turn in its EXIF data."""
    picture = Image.new("RGB", (40, 20), "teal")
    exif = picture.getexif()
    exif[MAKER] = MARKER
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (56.0, 30.0, 17.0)
    buffer = BytesIO()
    extra = {"exif": exif.tobytes()}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", MARKER)
        extra["pnginfo"] = notes
    if kind == "JPEG":
        extra["comment"] = MARKER.encode()
    picture.save(buffer, kind, **extra)
    return buffer.getvalue()


def upload(content: bytes, name: str = "Anna Kalnina majas.JPG") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def send(client, content: bytes, name: str, **changes):
    form = {
        "title": "Attēls",
        "description": "Jūra un krasts.",
        "file": upload(content, name),
        "collection": 1,
        "tags": "",
    }
    return client.post("/admin/images/add/", form | changes)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_uploaded_picture_loses_place_and_maker_and_stands_upright(client, sign_in, kind):
    content = photograph(kind)
    assert MARKER.encode() in content
    sign_in("redaktore")
    name = {"JPEG": "Anna.JPG", "PNG": "Anna.png", "WEBP": "Anna.webp"}[kind]
    assert send(client, content, name).status_code == 302
    image = SiteImage.objects.latest("pk")
    with default_storage.open(image.file.name) as file:
        stored = file.read()
    assert MARKER.encode() not in stored
    assert b"Exif" not in stored
    assert b"EXIF" not in stored
    with Image.open(BytesIO(stored)) as picture:
        assert not picture.getexif()
        assert picture.size == (20, 40)
        assert picture.format == kind
    assert (image.width, image.height) == (20, 40)


def test_an_uploaded_picture_forgets_its_name(client, sign_in):
    sign_in("redaktore")
    send(client, photograph(), "Anna Kalnina majas.JPG")
    image = SiteImage.objects.latest("pk")
    assert re.fullmatch(r"original_images/attels-[0-9a-f]{16}\.jpg", image.file.name)


def test_a_picture_needs_a_description_or_the_word_decorative(client, sign_in):
    sign_in("redaktore")
    before = SiteImage.objects.count()
    answer = send(client, photograph(), "a.jpg", description="")
    assert answer.status_code == 200
    assert "description" in answer.context["form"].errors
    assert SiteImage.objects.count() == before
    answer = send(client, photograph(), "a.jpg", description="", is_decorative="on")
    assert answer.status_code == 302
    assert SiteImage.objects.count() == before + 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.gif", b"GIF89a"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("a.jpg", b"<html><script>1</script></html>"),
        ("a.html", b"<html></html>"),
        ("a.jpg", b""),
    ],
)
def test_what_is_no_picture_is_refused_with_a_message(client, sign_in, name, content):
    sign_in("redaktore")
    before = SiteImage.objects.count()
    answer = send(client, content, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert SiteImage.objects.count() == before


def test_a_picture_of_another_kind_under_a_false_name_is_refused(client, sign_in):
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "GIF")
    sign_in("redaktore")
    before = SiteImage.objects.count()
    answer = send(client, buffer.getvalue(), "a.jpg")
    assert answer.status_code == 200
    assert SiteImage.objects.count() == before


def test_a_picture_saved_past_the_form_is_held_to_the_same_rule(in_english):
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "GIF")
    with pytest.raises(ValidationError, match="JPEG, PNG or WebP"):
        SiteImage(title="x", file=upload(buffer.getvalue(), "a.gif")).save()
