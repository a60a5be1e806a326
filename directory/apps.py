from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.translation import gettext_lazy as _

FILL_EVERY = 2


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory of services")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from directory import calls, receivers
        from directory.help_tab import hosts  # noqa: F401  its check
        from directory.models import Need, NeedText, Phone, Service, ServiceText
        from pages import links

        links.register(calls.choices)
        for model in (Service, ServiceText, Phone, Need, NeedText):
            post_save.connect(receivers.numbers_changed, sender=model)
            post_delete.connect(receivers.numbers_changed, sender=model)
        self._follow_the_list()
        self._register_search()

    def _follow_the_list(self):
        from directory import models, receivers
        from directory.situations import (
            Situation,
            SituationAudience,
            SituationNeed,
            SituationText,
        )

        rows = (
            models.Area, models.AreaText, models.Audience, models.HoursException,
            models.OpeningHours, models.Place, models.ServiceAtPlace,
            models.ServiceChannel, models.SpokenLanguage, Situation, SituationAudience,
            SituationNeed, SituationText,
        )  # fmt: skip
        for model in rows:
            post_save.connect(receivers.list_changed, sender=model)
            post_delete.connect(receivers.list_changed, sender=model)
        for through in (models.Service.needs.through, models.Service.areas.through):
            m2m_changed.connect(receivers.list_changed, sender=through)

    def _register_search(self):
        from directory import finding, receivers, vectors
        from directory.models import Audience, Organization, Service, ServiceText, Situation
        from search import sources, upkeep

        upkeep.register("fill vectors", FILL_EVERY, vectors.keep_filled)
        sources.register(finding.KIND, finding.entries, finding.reachable)
        for model in (Service, ServiceText, Audience, Organization):
            post_save.connect(receivers.words_changed, sender=model)
            post_delete.connect(receivers.words_changed, sender=model)
        m2m_changed.connect(receivers.words_changed, sender=Service.needs.through)
        post_save.connect(receivers.sentences_changed, sender=Situation)
