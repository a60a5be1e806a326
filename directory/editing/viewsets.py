"""Services, places and their words in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from directory.editing import names
from directory.editing.listing import (
    PlainSearchIndexView,
    ReportFilterSet,
    ServiceFilterSet,
    ServiceIndexView,
)
from directory.editing.panels import (
    AnswersPanel,
    ConfidentialAddressPanel,
    RecordPanel,
    TextsPanel,
    WeekPanel,
)
from directory.forms import ServiceForm
from directory.models import (
    Area,
    AreaText,
    Need,
    NeedText,
    Organization,
    Place,
    PlaceText,
    Report,
    Service,
    ServiceText,
)
from pages.words_form import WordsForm

PHONE_PANELS = [
    FieldRowPanel([FieldPanel("number"), FieldPanel("place_key")]),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("answered_by")]),
    AnswersPanel(["free", "anonymous", "safe_to_text", "shown_on_bill"], heading=_("Answers")),
    FieldPanel("languages"),
    FieldPanel("since_year"),
]
REACH = [
    FieldRowPanel([FieldPanel("organization"), FieldPanel("status")]),
    InlinePanel("phones", panels=PHONE_PANELS, label=_("Number"), heading=_("Numbers")),
    FieldRowPanel([FieldPanel("website"), FieldPanel("email")]),
    FieldPanel("channel_codes"),
    InlinePanel("languages", label=_("Language"), heading=_("Spoken languages")),
    InlinePanel(
        "at_places",
        label=_("Place"),
        heading=_("Places"),
        help_text=_("What visitors see of a place is decided at the place."),
    ),
]
TIMES = [
    FieldPanel("by_appointment"),
    WeekPanel("hours", label=_("Day"), heading=_("Hours")),
    FieldPanel("on_holidays"),
    InlinePanel("exceptions", label=_("Exception"), heading=_("Exceptions")),
]
PEOPLE = [
    FieldRowPanel([FieldPanel("urgency"), FieldPanel("strip_order")]),
    FieldPanel("for_people_who_hurt"),
    FieldPanel("needs"),
    FieldPanel("audience_codes"),
    FieldPanel("form_codes"),
    FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("maximum_age")], heading=_("Ages")),
    FieldPanel("areas"),
]
QUESTIONS = [
    FieldPanel("way_in_codes"),
    AnswersPanel(
        ["free", "anonymous", "referral_needed", "identity_papers_needed"],
        heading=_("Getting in"),
    ),
    AnswersPanel(["confidential", "recorded"], heading=_("What is said"), help_text=""),
    AnswersPanel(
        ["takes_children", "takes_pets", "same_gender_staff", "interpreter", "transport"],
        heading=_("Who comes along"),
        help_text="",
    ),
    AnswersPanel(
        [
            "step_free",
            "accessible_toilet",
            "separate_entrance",
            "sign_language",
            "text_for_deaf",
        ],
        heading=_("Access"),
        help_text="",
    ),
]
TRUTH = [
    RecordPanel(heading=_("Confirmed")),
    MultiFieldPanel(
        [
            FieldPanel("source"),
            FieldRowPanel([FieldPanel("source_address"), FieldPanel("source_year")]),
        ],
        heading=_("Source"),
    ),
    FieldRowPanel([FieldPanel("valid_until"), FieldPanel("replaced_by")]),
]
WORDS = [
    TextsPanel(heading=_("Words in each language")),
    InlinePanel("reviews", label=_("Language"), heading=_("Reviews by native speakers")),
]


class DirectoryViewSet(SnippetViewSet):
    """A list that plain words search. A copy would carry the identity of the original."""

    index_view_class = PlainSearchIndexView
    copy_view_enabled = False


class ServiceViewSet(DirectoryViewSet):
    model = Service
    icon = "mobile-alt"
    index_view_class = ServiceIndexView
    filterset_class = ServiceFilterSet
    search_fields = [
        "code",
        "organization__name",
        "organization__former_name",
        "texts__name",
    ]
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(REACH, heading=_("How to reach it")),
            ObjectList(TIMES, heading=_("Hours")),
            ObjectList(PEOPLE, heading=_("For whom")),
            ObjectList(QUESTIONS, heading=_("What people ask")),
            ObjectList(WORDS, heading=_("Words")),
            ObjectList(TRUTH, heading=_("Is it right?")),
        ],
        base_form_class=ServiceForm,
    )

    def get_queryset(self, request):
        return names.services()


class ServiceTextCreateView(CreateView):
    """Begins with the service from whose form somebody came."""

    def get_initial(self):
        service = self.request.GET.get("service", "")
        return super().get_initial() | ({"service": service} if service.isdecimal() else {})


class ServiceTextViewSet(DirectoryViewSet):
    model = ServiceText
    icon = "pilcrow"
    add_view_class = ServiceTextCreateView
    list_display = ["name", "service", "locale"]
    list_filter = ["locale"]
    search_fields = ["name", "summary"]
    edit_handler = ObjectList(
        [
            FieldPanel("service"),
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("tab_title"), FieldPanel("summary")],
                heading=_("In the list"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("for_whom"),
                    FieldPanel("what_happens"),
                    FieldPanel("cost"),
                    FieldPanel("way_in"),
                    FieldPanel("documents"),
                    FieldPanel("need_to_know"),
                ],
                heading=_("On the page of the service"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("hours_note"),
                    FieldPanel("fact_notes"),
                    FieldPanel("phone_places"),
                    FieldPanel("strip_caption"),
                ],
                heading=_("Beside numbers, hours and facts"),
            ),
        ],
        base_form_class=WordsForm,
    )

    def get_queryset(self, request):
        services = ServiceText.objects.select_related("service__organization", "locale")
        return services.prefetch_related("service__texts")


class OrganizationViewSet(DirectoryViewSet):
    model = Organization
    icon = "group"
    list_display = ["name", "website"]
    search_fields = ["name", "former_name"]


class NeedViewSet(DirectoryViewSet):
    model = Need
    icon = "tag"
    list_display = ["key", "sort_order"]
    search_fields = ["key", "texts__label"]


class NeedTextViewSet(DirectoryViewSet):
    model = NeedText
    icon = "tag"
    list_display = ["label", "need", "locale"]
    list_filter = ["locale"]
    search_fields = ["label"]
    edit_handler = ObjectList([FieldPanel("need"), FieldPanel("label")], base_form_class=WordsForm)


class AreaViewSet(DirectoryViewSet):
    model = Area
    icon = "site"
    list_display = ["key", "territory", "sort_order"]
    search_fields = ["key", "territory", "texts__label"]


class AreaTextViewSet(DirectoryViewSet):
    model = AreaText
    icon = "site"
    list_display = ["label", "area", "locale"]
    list_filter = ["locale"]
    search_fields = ["label"]
    edit_handler = ObjectList([FieldPanel("area"), FieldPanel("label")], base_form_class=WordsForm)


class PlaceViewSet(DirectoryViewSet):
    model = Place
    icon = "home"
    list_display = ["label", "visibility", "area"]
    list_filter = ["visibility", "area"]
    search_fields = ["label", "street"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "<p>Ask the service what may be public.</p><ul>"
                    "<li><strong>The address is public:</strong> visitors read street and house "
                    "number, search engines do too.</li>"
                    "<li><strong>Only the area:</strong> visitors read the name of the town or "
                    "district and “the address is told by phone”. No street, no point.</li>"
                    "<li><strong>Nothing:</strong> visitors read “the place is confidential”, "
                    "nothing else.</li></ul>"
                )
            ),
            FieldPanel("label"),
            FieldPanel("visibility"),
            FieldPanel("area"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("street"), FieldPanel("postal_code")]),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                ],
                heading=_("Address, only if it is public"),
            ),
            AnswersPanel(["step_free", "lift", "accessible_toilet"], heading=_("Access")),
            FieldPanel("source_year"),
            ConfidentialAddressPanel(heading=_("Confidential address")),
        ]
    )

    def get_queryset(self, request):
        return Place.objects.select_related("area")


class PlaceTextViewSet(DirectoryViewSet):
    model = PlaceText
    icon = "home"
    list_display = ["__str__", "place", "locale"]
    list_filter = ["locale"]
    search_fields = ["name", "place__label"]
    edit_handler = ObjectList(
        [
            FieldPanel("place"),
            FieldPanel("name"),
            FieldPanel("transport"),
            FieldPanel("access"),
        ],
        base_form_class=WordsForm,
    )

    def get_queryset(self, request):
        return PlaceText.objects.select_related("place", "locale")


class ReadersPolicy(ModelPermissionPolicy):
    """Readers write reports, staff only looks into them: nobody adds, not even a superuser."""

    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)


class ReportViewSet(DirectoryViewSet):
    model = Report
    icon = "comment"
    list_display = ["answer", "service", "text", "reported_on", "settled"]
    filterset_class = ReportFilterSet
    search_fields = ["text"]
    edit_handler = ObjectList(
        [
            FieldPanel("service", read_only=True),
            FieldPanel("answer", read_only=True),
            FieldPanel("text", read_only=True),
            FieldPanel("reported_on", read_only=True),
            FieldPanel("settled"),
        ]
    )

    @property
    def permission_policy(self):
        return ReadersPolicy(self.model)

    def get_queryset(self, request):
        reports = Report.objects.select_related("service__organization")
        return reports.prefetch_related("service__texts")
