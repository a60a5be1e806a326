"""What an editor of a story is told before publishing."""

from wagtail.admin.panels import Panel

from stories import rules
from stories.approved_text import fingerprint
from stories.consent import Consent


class PublishingPanel(Panel):
    """What stands against publishing the draft as it was saved, and the consents that are kept."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "stories/admin/components/publishing.html"

        def is_shown(self):
            return bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            story = self.instance
            return super().get_context_data(parent_context) | {
                "problems": rules.problems(story),
                "consents": Consent.objects.of(story),
                "fingerprint": fingerprint(story)[:12],
                "story": story,
                "may_withdraw": self.request.user.has_perm("stories.withdraw_consent"),
                "may_record": self.request.user.has_perm("stories.add_consent"),
            }
