"""Images and documents: random names, no metadata, a description or an explicit "decorative"."""

import secrets
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from pages import pdf

FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
# What phone cameras write into .jpg files: several pictures in one, the first is the photograph.
SAME_AS = {"MPO": "JPEG"}


def random_name(filename: str) -> str:
    """`attels-<random>.<extension>`: what somebody called the file stays with them."""
    return f"attels-{secrets.token_hex(8)}{PurePath(filename).suffix.lower()}"


def random_document_name(instance, filename: str) -> str:
    return f"documents/lapa-{secrets.token_hex(8)}{PurePath(filename).suffix.lower()}"


def without_metadata(file) -> ContentFile:
    """The same picture, upright, in sRGB, re-encoded from its pixels alone.

    EXIF, XMP, IPTC, comments and the colour profile go: they may hold a place, a name, a device.
    Raises ValidationError for what is not a JPEG, PNG or WebP.
    """
    file.seek(0)
    try:
        original = Image.open(file)
        kind = SAME_AS.get(original.format, original.format)
        if kind not in FORMATS:
            raise ValidationError(_("Use a JPEG, PNG or WebP image."))
        upright = ImageOps.exif_transpose(original)
        picture = _in_standard_colours(upright)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This image cannot be read.")) from error
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    buffer = BytesIO()
    clean.save(buffer, kind, **({"quality": 90} if kind != "PNG" else {"optimize": True}))
    return ContentFile(buffer.getvalue(), name=random_name(f"x{FORMATS[kind]}"))


def _in_standard_colours(picture: Image.Image) -> Image.Image:
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA"}:
        return picture.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return picture.convert(mode)


class SiteImage(AbstractImage):
    """An image with a description, or marked as decorative."""

    is_decorative = models.BooleanField(
        _("Decorative"),
        default=False,
        help_text=_(
            "The image says nothing that the text does not say: no description is read out."
        ),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("Image")
        verbose_name_plural = _("Images")

    def clean(self):
        super().clean()
        if not self.description and not self.is_decorative:
            raise ValidationError(
                {"description": _("Describe the image in one sentence, or mark it as decorative.")}
            )

    def get_upload_to(self, filename):
        return f"original_images/{random_name(filename)}"

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self.file = without_metadata(self.file.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class PdfFile(FieldFile):
    """An upload is cleaned where it is written, whoever writes it."""

    def save(self, name, content, save=True):
        super().save(name, pdf.without_traces(content), save)


class PdfField(models.FileField):
    attr_class = PdfFile

    def deconstruct(self):
        """As a plain file: how it is cleaned is no matter of migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs


class SiteDocument(AbstractDocument):
    """A PDF under a random name, without what it tells beside its pages (decision 0027)."""

    file = PdfField(upload_to=random_document_name, verbose_name=_("file"))

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("Document")
        verbose_name_plural = _("Documents")

    def clean(self):
        # Without a file the form has said already what is wrong with it.
        if self.file:
            super().clean()
