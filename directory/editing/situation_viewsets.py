"""Situations and their words in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from directory.editing.panels import SentencesPanel
from directory.editing.sentences import MOST_PINS, SituationForm
from directory.editing.trying import SituationCreateView, SituationEditView, SituationIndexView
from directory.editing.viewsets import DirectoryViewSet
from directory.models import Situation, SituationText
from pages.words_form import WordsForm


class SituationTextViewSet(DirectoryViewSet):
    model = SituationText
    icon = "help"
    list_display = ["label", "situation", "locale"]
    list_filter = ["locale"]
    search_fields = ["label"]
    edit_handler = ObjectList(
        [FieldPanel("situation"), FieldPanel("label")], base_form_class=WordsForm
    )


class SituationViewSet(DirectoryViewSet):
    model = Situation
    icon = "help"
    index_view_class = SituationIndexView
    add_view_class = SituationCreateView
    edit_view_class = SituationEditView
    list_display = ["key", "weight"]
    search_fields = ["key", "examples__text"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(
                        content=_(
                            "Write sentences as people type them: short, misspelt, without marks. "
                            "Each has one language. Ten in a language are a good start."
                        )
                    ),
                    SentencesPanel("examples", label=_("Sentence"), heading=_("Example sentences")),
                    MultiFieldPanel(
                        [FieldPanel("pasted_language"), FieldPanel("pasted")],
                        heading=_("Add several sentences"),
                    ),
                ],
                heading=_("What people type"),
            ),
            ObjectList(
                [
                    FieldPanel("key"),
                    InlinePanel("situation_needs", label=_("Need"), heading=_("Needs")),
                    InlinePanel("audiences", label=_("For whom"), heading=_("For whom")),
                    InlinePanel(
                        "pins",
                        label=_("Service"),
                        heading=_("Pinned services"),
                        max_num=MOST_PINS,
                        help_text=_(
                            "At most three, each with a last day. They stand above all others."
                        ),
                    ),
                    InlinePanel("pages", label=_("Page"), heading=_("Pinned pages")),
                    FieldPanel("weight"),
                    FieldPanel("sort_order"),
                    FieldPanel("note"),
                ],
                heading=_("What helps"),
            ),
        ],
        base_form_class=SituationForm,
    )
