"""A PDF without what it tells beside its pages: who made it, when, with what, from which files.

Standard: ISO 32000-1 (PDF 1.7); the numbers in comments are its sections. What a reader of the
pages needs stays: text, pictures, tags for screen readers, language, bookmarks, links, fields.
"""

from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from pages import jpeg

# Shown in the tab of a browser; a document needs a title (WCAG 2.2, technique PDF18).
NEUTRAL_TITLE = "Lapa"

# 7.7.2: of the document. Scripts, embedded files, what happens on opening, signatures are not kept.
DOCUMENT_KEYS = set(
    "/Type /Version /Extensions /Pages /PageLabels /PageLayout /ViewerPreferences /Names /Dests "
    "/Outlines /AcroForm /StructTreeRoot /MarkInfo /Lang /OCProperties /OutputIntents".split()
)
# 7.7.3.3: of a page.
PAGE_KEYS = set(
    "/Type /Parent /Resources /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Contents /Rotate "
    "/Group /Annots /StructParents /Tabs /UserUnit".split()
)
# 12.5: comments, stamps, attachments and sounds name their author and hour.
ANNOTATION_KEYS = set(
    "/Type /Subtype /Rect /Contents /P /F /AP /AS /Border /BS /C /H /A /Dest /QuadPoints "
    "/StructParent /FT /Parent /Kids /T /TU /V /DV /Ff /MK /DA /Q /Opt /MaxLen /TI /I".split()
)
KEPT_ANNOTATIONS = {"/Link", "/Widget"}
# 12.7.2: without scripts and without the second copy of the form in XML.
FORM_KEYS = {"/Fields", "/DA", "/DR", "/Q", "/NeedAppearances"}
# 12.6.4: a link leads to a place of this document or to an address.
ACTION_KEYS = {"/Type", "/S", "/D", "/SD", "/URI", "/IsMap"}
KEPT_ACTIONS = {"/GoTo", "/URI"}
ADDRESSES = ("http:", "https:", "mailto:", "tel:")
# Wherever they stand: XMP, data of the program that drew it, dates, small pictures of the pages as
# they once were, scripts, files, places on the earth, names of people.
TELLING_KEYS = set(
    "/Metadata /PieceInfo /LastModified /AF /AA /JS /Thumb /EF /RF /VP /Measure /PtData /LGIDict "
    "/Creator /CreatorInfo /User /OPI /Ref".split()
)
# 7.8.3 and others: their keys are names that the document made up.
DICTIONARIES_OF_NAMES = set(
    "/ExtGState /ColorSpace /Pattern /Shading /XObject /Font /Properties /CharProcs /ClassMap "
    "/RoleMap /Dests".split()
)
# 12.5.5: so are those one step below it, the states of a field.
APPEARANCES = "/AP"


class CleanPdf(ContentFile):
    """What `without_traces` answers, so that nobody has to do it twice."""


def without_traces(file) -> ContentFile:
    """The same pages under a neutral title, written anew.

    Gone are author, dates, programs, XMP, comments, attachments, scripts, signatures and the notes
    inside JPEG pictures. Raises ValidationError, with a sentence for the editor, for what is too
    big, protected, or no PDF.
    """
    if isinstance(file, CleanPdf):
        return file
    if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise ValidationError(
            _("This PDF is too big. It may have at most %(size)s."),
            params={"size": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)},
        )
    file.seek(0)
    try:
        reader = PdfReader(BytesIO(file.read()))
        if not reader.is_encrypted:
            return CleanPdf(_written_anew(reader), name=file.name)
    except Exception as error:
        # A broken file breaks a reader in more ways than can be listed; all mean the same here.
        raise ValidationError(
            _("This PDF cannot be read. Save it as a PDF once more and upload that one.")
        ) from error
    raise ValidationError(
        _("This PDF is protected by a password. Save it without protection and upload that one.")
    )


def _written_anew(reader: PdfReader) -> bytes:
    if not len(reader.pages):
        raise ValueError("no pages")
    _clean_document(reader.root_object)
    for container in _dictionaries(reader.root_object):
        _clean(container)
    writer = PdfWriter()
    # Copies what can be reached from the root, so nothing that was cut off comes along.
    writer.clone_reader_document_root(reader)
    writer.metadata = {"/Title": NEUTRAL_TITLE}
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _clean_document(root: DictionaryObject) -> None:
    _keep(root, DOCUMENT_KEYS)
    if names := root.get("/Names"):
        _keep(names.get_object(), {"/Dests"})
    if form := root.get("/AcroForm"):
        _keep(form.get_object(), FORM_KEYS)


def _dictionaries(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every dictionary and stream reachable from the root, each after its parent was cleaned."""
    waiting: list[tuple[PdfObject | None, str, bool]] = [(root, "", False)]
    seen: set[int] = set()
    while waiting:
        one, name, has_made_up_keys = waiting.pop()
        if id(one) in seen or not isinstance(one, DictionaryObject | ArrayObject):
            continue
        seen.add(id(one))
        if isinstance(one, ArrayObject):
            waiting += [(item.get_object(), "", False) for item in one]
            continue
        if not has_made_up_keys or isinstance(one, StreamObject):
            yield one
        waiting += [
            (one[key], key, key in DICTIONARIES_OF_NAMES or name == APPEARANCES) for key in one
        ]


def _clean(one: DictionaryObject) -> None:
    """Takes out of one dictionary what tells, whatever it is."""
    for key in TELLING_KEYS & one.keys():
        del one[key]
    kind = one.get("/Type")
    if kind == "/Page":
        _keep(one, PAGE_KEYS)
    elif kind == "/Filespec":
        one.clear()
    if isinstance(annotations := one.get("/Annots"), ArrayObject):
        kept = [item for item in annotations if _clean_annotation(item.get_object())]
        one[NameObject("/Annots")] = ArrayObject(kept)
    if one.get("/FT") == "/Sig":
        # 12.8: the pages are other bytes now, and the certificate is a person's name.
        for key in {"/V", "/Lock", "/SV"} & one.keys():
            del one[key]
    for key in {"/A", "/PA", "/Next"} & one.keys():
        if _is_unwanted_action(one[key]):
            del one[key]
    if isinstance(one, StreamObject):
        _clean_picture(one)


def _clean_annotation(annotation: PdfObject | None) -> bool:
    """True if it is kept; else it is emptied, because tags of the page may still point to it."""
    if not isinstance(annotation, DictionaryObject):
        return False
    if annotation.get("/Subtype") in KEPT_ANNOTATIONS:
        _keep(annotation, ANNOTATION_KEYS)
        return True
    annotation.clear()
    return False


def _is_unwanted_action(value: PdfObject) -> bool:
    """Cleans an action that is kept; what only looks like one (`/O`: attributes of a tag) stays."""
    if not isinstance(value, DictionaryObject) or "/S" not in value or "/O" in value:
        return False
    address = str(value.get("/URI", "http:")).lower()
    if value["/S"] not in KEPT_ACTIONS or not address.startswith(ADDRESSES):
        return True
    _keep(value, ACTION_KEYS)
    return False


def _clean_picture(stream: StreamObject) -> None:
    filters = stream.get("/Filter")
    if isinstance(filters, ArrayObject) and len(filters) == 1:
        filters = filters[0]
    if filters == "/DCTDecode":
        stream._data = jpeg.without_notes(stream._data)


def _keep(dictionary: DictionaryObject, keys: set[str]) -> None:
    for key in set(dictionary) - keys:
        del dictionary[key]
