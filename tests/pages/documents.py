"""PDF files for tests: one that tells everything a PDF can tell, and its parts to look at."""

from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

MARKER = "zqplace4471"
WORDS = "Zvani 112"
KEPT_ADDRESS = "https://example.org/kept/"
# Bytes of a picture that a wrong way of cutting would change.
SIZE = (60, 40)


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def dictionary(**entries) -> DictionaryObject:
    return DictionaryObject({name(key): value for key, value in entries.items()})


def stream(data: bytes, **entries) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(dictionary(**entries))
    return made


def picture(marked: bool = True) -> bytes:
    """A JPEG with EXIF, a comment and something behind its end, or without them."""
    image = Image.effect_noise(SIZE, 90).convert("RGB")
    buffer = BytesIO()
    extra = {}
    if marked:
        exif = image.getexif()
        exif[0x010F] = MARKER
        extra = {"exif": exif.tobytes(), "comment": MARKER.encode(), "progressive": True}
    image.save(buffer, "JPEG", quality=95, **extra)
    return buffer.getvalue() + (MARKER.encode() if marked else b"")


def plain() -> bytes:
    """One empty page."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return written(writer)


def protected() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(plain()))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def telling() -> bytes:
    """One page with words, a picture, a link and a field, and MARKER wherever a PDF holds more."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    text = TextStringObject(MARKER)
    writer.add_metadata(
        {
            f"/{key}": MARKER
            for key in "Title Author Subject Keywords Creator Producer CreationDate ModDate".split()
        }
    )
    root = writer.root_object
    notes = writer._add_object(stream(MARKER.encode(), Type=name("Metadata")))
    script = dictionary(S=name("JavaScript"), JS=text)
    private = dictionary(Illustrator=dictionary(LastModified=text, Private=notes))
    writer.add_attachment(f"{MARKER}.txt", MARKER.encode())
    root["/Names"][name("JavaScript")] = dictionary(Names=ArrayObject([text, script]))
    root[name("Metadata")] = notes
    root[name("OpenAction")] = script
    root[name("AA")] = dictionary(WC=script)
    root[name("PieceInfo")] = private
    root[name("Lang")] = TextStringObject("lv")
    root[name("OCProperties")] = dictionary(
        OCGs=ArrayObject(), D=dictionary(Creator=text, Name=TextStringObject("Layers"))
    )
    page[name("Metadata")] = notes
    page[name("PieceInfo")] = private
    page[name("LastModified")] = text
    page[name("Thumb")] = writer._add_object(stream(MARKER.encode()))
    page[name("AA")] = dictionary(O=script)
    _draw(writer, page, notes, private)
    _annotate(writer, page, text, script)
    writer.add_outline_item(title="Kas vispirms", page_number=0)
    return written(writer)


def _draw(writer: PdfWriter, page, notes, private) -> None:
    image = StreamObject()
    image._data = picture()
    image.update(
        dictionary(
            Type=name("XObject"),
            Subtype=name("Image"),
            Width=NumberObject(SIZE[0]),
            Height=NumberObject(SIZE[1]),
            ColorSpace=name("DeviceRGB"),
            BitsPerComponent=NumberObject(8),
            Filter=name("DCTDecode"),
            Metadata=notes,
            PieceInfo=private,
        )
    )
    font = dictionary(Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"))
    # A name that the program made up, which is a key of other dictionaries.
    page[name("Resources")] = dictionary(
        XObject=dictionary(AA=writer._add_object(image)), Font=dictionary(AF=font)
    )
    content = f"q 60 0 0 40 0 0 cm /AA Do Q BT /AF 12 Tf 20 100 Td ({WORDS}) Tj ET"
    page[name("Contents")] = writer._add_object(stream(content.encode()))


def _annotate(writer: PdfWriter, page, text, script) -> None:
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url=KEPT_ADDRESS))
    place = ArrayObject(FloatObject(number) for number in (10, 10, 20, 20))

    def add(kind: str, **entries):
        one = writer._add_object(
            dictionary(Type=name("Annot"), Subtype=name(kind), Rect=place, **entries)
        )
        page["/Annots"].append(one)
        return one

    file = dictionary(
        Type=name("Filespec"), F=text, EF=dictionary(F=writer._add_object(stream(MARKER.encode())))
    )
    comment = add("Text", T=text, Contents=text, M=text)
    add("FileAttachment", FS=file, Contents=text)
    add("Link", A=dictionary(S=name("Launch"), F=text))
    add("Link", A=dictionary(S=name("URI"), URI=TextStringObject(f"file:///c:/{MARKER}")))
    add("Link", A=dictionary(S=name("GoTo"), D=ArrayObject(), Next=script), NM=text, M=text)
    field = add(
        "Widget", FT=name("Tx"), T=TextStringObject("lauks"), A=script, AA=dictionary(K=script)
    )
    signature = dictionary(Type=name("Sig"), Name=text, Contents=text)
    signed = add("Widget", FT=name("Sig"), T=TextStringObject("zime"), V=signature)
    root = writer.root_object
    root[name("AcroForm")] = dictionary(
        Fields=ArrayObject([field, signed]),
        XFA=text,
        CO=ArrayObject([field]),
        SigFlags=NumberObject(3),
    )
    # The tags of the page point to the comment as well.
    points = dictionary(Type=name("OBJR"), Obj=comment)
    element = dictionary(
        Type=name("StructElem"), S=name("Annot"), K=points, AF=ArrayObject([file]),
        A=dictionary(O=name("Layout"), Placement=name("Block")), Alt=TextStringObject("Attēls"),
    )  # fmt: skip
    root[name("StructTreeRoot")] = writer._add_object(
        dictionary(Type=name("StructTreeRoot"), K=ArrayObject([writer._add_object(element)]))
    )


def contents(data: bytes) -> bytes:
    """All that is in a PDF: its bytes as they are and every object and stream of it, unpacked."""
    reader = PdfReader(BytesIO(data))
    found = [data, repr(reader.trailer).encode()]
    for number in range(1, int(reader.trailer["/Size"])):
        one = reader.get_object(number)
        found.append(repr(one).encode())
        if isinstance(one, StreamObject):
            found += [one._data, one.get_data()]
    return b"\n".join(found)
