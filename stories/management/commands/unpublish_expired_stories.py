"""Takes down the stories whose consent has ended."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from stories.models import StoryPage


class Command(BaseCommand):
    help = (
        "Unpublishes stories past the last day of their consent; the drawn copies of their "
        "pictures go with that. Readers have not found them since that day; run it daily."
    )

    def handle(self, **options):
        over = StoryPage.objects.live().filter(expire_at__lte=timezone.now())
        for story in over:
            with transaction.atomic():
                story.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            self.stdout.write(f"{story.pk}")
