"""Takes down the stories whose consent has ended."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from stories.models import StoryPage


class Command(BaseCommand):
    help = (
        "Unpublishes stories past the last day of their consent and deletes the drawn copies of "
        "their pictures. Readers have not found them since that day; run it daily."
    )

    def handle(self, **options):
        over = StoryPage.objects.live().filter(expire_at__lte=timezone.now())
        for story in over:
            self._take_down(story)
            self.stdout.write(f"{story.pk}")

    @transaction.atomic
    def _take_down(self, story: StoryPage) -> None:
        story.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        for block in story.body:
            if block.block_type == "image" and block.value["image"]:
                for drawn in block.value["image"].renditions.all():
                    drawn.delete()
