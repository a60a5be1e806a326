"""The form of words that belong to a record which is the same in every language."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class WordsForm(WagtailAdminModelForm):
    """Words exist once for a record and a language; the language is no field of the form."""

    def clean(self):
        cleaned = super().clean()
        *_key, (owner, _locale) = self._meta.model._meta.unique_together
        same = self._meta.model.objects.filter(
            **{owner: cleaned.get(owner), "locale": self.instance.locale_id}
        )
        if cleaned.get(owner) and same.exclude(pk=self.instance.pk).exists():
            self.add_error(
                owner, _("There are words in this language already. Change those instead.")
            )
        return cleaned
