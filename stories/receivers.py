"""What follows when a story is taken down."""

from django.contrib.contenttypes.models import ContentType
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from stories.models import StoryPage
from stories.withdrawal import files_of


def drawn_pictures_go(sender, instance, **kwargs):
    """Deletes the drawn copies of pictures that nothing else shows, whoever took the story down.

    They lie where everybody reads them by their address. A new consent has them drawn again.
    """
    for picture in files_of([instance]):
        if isinstance(picture, get_image_model()) and not _shown_elsewhere(picture, instance):
            for drawn in picture.renditions.all():
                drawn.delete()


def _shown_elsewhere(picture, story: StoryPage) -> bool:
    """True where anything but this story and pages that are not live refers to it."""
    references = ReferenceIndex.get_references_to(picture)
    pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    if references.exclude(pk__in=pages).exists():
        return True
    numbers = {int(reference.object_id) for reference in pages} - {story.pk}
    return Page.objects.live().filter(pk__in=numbers).exists()
