"""A PDF tells its pages and nothing else, whichever way it comes in."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image
from pypdf import PdfReader, PdfWriter

from pages import jpeg, pdf
from pages.models import SiteDocument
from tests.pages import documents
from tests.pages.documents import KEPT_ADDRESS, MARKER, WORDS

pytestmark = pytest.mark.django_db

ADD = "/admin/documents/add/"
UNREADABLE = {
    "nothing of a PDF": b"<html><script>1</script></html>",
    "a head without a body": b"%PDF-1.4\n%%EOF",
    "half of one": documents.plain()[:200],
    "empty": b" ",
    "no page": documents.written(PdfWriter()),
}


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    """Uploads of these tests go to a folder of their own."""
    settings.MEDIA_ROOT = tmp_path


def upload(content: bytes, name: str = "vardarbiba anna.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def send(client, content: bytes, address: str = ADD, **changes):
    form = {"title": "Mūsu lapa", "file": upload(content), "collection": 1, "tags": "plakāts"}
    return client.post(address, form | changes)


def stored(document: SiteDocument) -> bytes:
    with default_storage.open(document.file.name) as file:
        return file.read()


@pytest.fixture
def telling() -> bytes:
    content = documents.telling()
    assert documents.contents(content).count(MARKER.encode()) > 50
    return content


def test_an_uploaded_document_tells_its_pages_and_nothing_else(client, sign_in, telling):
    sign_in("admin")
    assert send(client, telling).status_code == 302
    document = SiteDocument.objects.latest("pk")
    content = stored(document)
    assert MARKER.encode() not in documents.contents(content)
    assert PdfReader(BytesIO(content)).metadata == {"/Title": "Lapa"}
    assert document.file_size == len(content)
    assert document.file_hash


def test_what_readers_need_of_a_document_stays(telling):
    reader = PdfReader(pdf.without_traces(ContentFile(telling, name="a.pdf")))
    page, root = reader.pages[0], reader.root_object
    assert page.extract_text() == WORDS
    picture = next(iter(page.images)).image
    assert picture.size == documents.SIZE
    addresses = [link.get_object().get("/A", {}).get("/URI") for link in page["/Annots"]]
    assert [address for address in addresses if address] == [KEPT_ADDRESS]
    assert root["/Lang"] == "lv"
    assert root["/StructTreeRoot"]["/K"][0]["/Alt"] == "Attēls"
    assert [entry.title for entry in reader.outline] == ["Kas vispirms"]
    assert reader.get_form_text_fields() == {"lauks": None}


def test_the_notes_in_a_picture_go_and_its_pixels_stay():
    content = documents.picture()
    clean = jpeg.without_notes(content)
    assert MARKER.encode() not in clean
    assert len(clean) < len(content)
    with Image.open(BytesIO(content)) as before, Image.open(BytesIO(clean)) as after:
        assert before.tobytes() == after.tobytes()
    assert jpeg.without_notes(clean) == clean


def test_a_document_forgets_its_name(client, sign_in):
    sign_in("admin")
    send(client, documents.plain())
    name = SiteDocument.objects.latest("pk").file.name
    assert re.fullmatch(r"documents/lapa-[0-9a-f]{16}\.pdf", name)


def test_a_document_that_is_replaced_is_cleaned_as_well(client, sign_in, telling):
    sign_in("admin")
    send(client, documents.plain())
    document = SiteDocument.objects.latest("pk")
    old = document.file.name
    assert send(client, telling, f"/admin/documents/edit/{document.pk}/").status_code == 302
    document.refresh_from_db()
    assert document.file.name != old
    assert not default_storage.exists(old)
    assert MARKER.encode() not in documents.contents(stored(document))


def test_several_documents_at_once_are_cleaned_as_well(client, sign_in, telling):
    sign_in("admin")
    answer = client.post(
        "/admin/documents/multiple/add/",
        {"title": "Lapa", "files[]": upload(telling), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json()["success"] is True
    assert MARKER.encode() not in documents.contents(stored(SiteDocument.objects.latest("pk")))


@pytest.mark.parametrize("way", ["row", "file"])
def test_a_document_saved_past_the_form_is_cleaned_as_well(telling, way):
    file = ContentFile(telling, name="anna.pdf")
    document = SiteDocument(title="Lapa", file=file if way == "row" else None)
    if way == "file":
        document.file.save("anna.pdf", file, save=False)
    document.save()
    assert MARKER.encode() not in documents.contents(stored(document))


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_pdf_is_refused_and_nothing_is_lost(client, sign_in, in_english, content):
    sign_in("admin")
    answer = send(client, content)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert list(form.errors) == ["file"]
    assert "Save it as a PDF once more" in str(form.errors["file"])
    assert form["title"].value() == "Mūsu lapa"
    assert "plakāts" in str(form["tags"])
    assert not SiteDocument.objects.filter(title="Mūsu lapa").exists()


def test_a_protected_document_is_refused_with_the_way_out(in_english):
    with pytest.raises(ValidationError, match="without protection"):
        pdf.without_traces(ContentFile(documents.protected(), name="a.pdf"))


def test_a_document_that_is_too_big_is_refused_at_the_field(client, sign_in, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 300
    sign_in("admin")
    answer = send(client, documents.plain())
    assert answer.status_code == 200
    assert "300" in str(answer.context["form"].errors["file"])
    with pytest.raises(ValidationError):
        SiteDocument(title="x", file=ContentFile(documents.plain(), name="a.pdf")).save()


def test_a_broken_file_leaves_the_document_that_is_there_as_it_was(client, sign_in):
    sign_in("admin")
    send(client, documents.plain())
    document = SiteDocument.objects.latest("pk")
    before = stored(document)
    answer = send(client, b"<html>", f"/admin/documents/edit/{document.pk}/")
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    document.refresh_from_db()
    assert stored(document) == before


def test_another_kind_of_file_is_refused(client, sign_in):
    sign_in("admin")
    answer = send(client, documents.plain(), file=upload(documents.plain(), "a.exe"))
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def earlier_upload(content: bytes) -> SiteDocument:
    """A document as it was stored before uploads were cleaned."""
    document = SiteDocument.objects.create(
        title="Sena", file=ContentFile(documents.plain(), name="a.pdf")
    )
    with default_storage.open(document.file.name, "wb") as file:
        file.write(content)
    return document


def test_documents_of_earlier_days_are_cleaned_by_a_command(telling, capsys):
    document = earlier_upload(telling)
    old = document.file.name
    call_command("clean_documents")
    document.refresh_from_db()
    assert MARKER.encode() not in documents.contents(stored(document))
    assert document.file_size == len(stored(document))
    assert not default_storage.exists(old)
    name = document.file.name
    call_command("clean_documents")
    document.refresh_from_db()
    assert document.file.name == name
    assert capsys.readouterr().out.splitlines() == [
        "1 documents written anew.",
        "0 documents written anew.",
    ]


def test_the_command_names_the_documents_that_it_cannot_clean(telling, in_english):
    broken, document = earlier_upload(b"<html>"), earlier_upload(telling)
    missing = earlier_upload(documents.plain())
    default_storage.delete(missing.file.name)
    with pytest.raises(CommandError) as refusal:
        call_command("clean_documents", verbosity=0)
    assert f"{broken.pk}: This PDF cannot be read" in str(refusal.value)
    assert f"{missing.pk}: no file" in str(refusal.value)
    assert stored(broken) == b"<html>"
    document.refresh_from_db()
    assert MARKER.encode() not in documents.contents(stored(document))
