"""The bank of facts as journalists read it: every figure, with all that belongs to it."""

import csv
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.admin.panels import FieldPanel, HelpPanel

from campaigns.foreign import marked
from frame.languages import tag
from pages import fact_queries, queries
from pages.facts import Fact
from pages.models import BasePage, BodyPage

# A cell that begins so is read as a formula by spreadsheets (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Figure:
    """A quoted fact, its anchor, whether it waits for review, and its citation in one line."""

    quoted: fact_queries.Quoted
    anchor: str
    overdue: bool
    citation: str


class FiguresPage(BodyPage):
    """Lists the whole bank of facts: first as the body groups it, then all that it leaves out."""

    template = "campaigns/figures.html"
    parent_page_types = ["pages.HomePage", "pages.ContentPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        HelpPanel(
            content=_(
                "The page lists every fact of the bank. Headings and “Fact” blocks in the body "
                "put them in order; those that the body leaves out stand at the end."
            )
        ),
        FieldPanel("body"),
    ]
    translatable_fields = [*BodyPage.base_translatable_fields]

    class Meta:
        verbose_name = _("Page of figures")
        verbose_name_plural = _("Pages of figures")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        address = request.build_absolute_uri(request.path)
        found = {figure.pk: figure for figure in Fact.objects.all()}
        figures = read(found.values(), address)
        listed = set()
        for part in context["parts"]:
            for block in part["blocks"]:
                if getattr(block, "block_type", "") == "fact" and block.value["fact"]:
                    block.figure = figures.get(block.value["fact"].pk)
                    listed.add(block.value["fact"].pk)
        context["others"] = [figures[pk] for pk in found if pk in figures and pk not in listed]
        context["csv_address"] = reverse("campaigns:figures_csv")
        return context | marked(self)


def anchor_of(fact: Fact) -> str:
    """The address of a figure on its page: it outlives a changed key and says nothing."""
    return f"s-{fact.uuid.hex[:8]}"


def read(facts: Iterable[Fact], address: str = "") -> dict[int, Figure]:
    """{id: figure} in the reader's language; two queries at most, whatever their number.

    `address` is that of the page on which they stand, for the citation.
    """
    facts = {fact.pk: fact for fact in facts}
    return {
        pk: Figure(
            quoted=quoted,
            anchor=anchor_of(facts[pk]),
            overdue=facts[pk].overdue,
            citation=citation(quoted, f"{address}#{anchor_of(facts[pk])}" if address else ""),
        )
        for pk, quoted in fact_queries.read(facts.values()).items()
    }


def citation(quoted: fact_queries.Quoted, address: str) -> str:
    """One line that may be copied into an article, in the language of the figure's words."""
    with override(quoted.language):
        where = ", ".join([quoted.population, quoted.place, quoted.period])
        bits = [f"{quoted.source}, {quoted.source_year}", quoted.definition.rstrip("."), where]
        if quoted.read_in:
            bits.append(
                gettext("Read in a secondary source: %(place)s") % {"place": quoted.read_in}
            )
        if quoted.newer:
            bits.append(f"{gettext('Newer data:')} {with_source(quoted.newer)}")
        bits += [address, checked(quoted.checked_on)]
    return f"{quoted.sentence} ({'; '.join(bit for bit in bits if bit)})"


def with_source(quoted: fact_queries.Quoted) -> str:
    """A sentence that stands alone: “25 % think so (SKDS, 2018)”."""
    years = {quoted.source_year: None, quoted.period: None}
    return f"{quoted.sentence.rstrip('.')} ({quoted.source}, {'; '.join(years)})"


def checked(day: datetime.date | None) -> str:
    """When somebody compared a figure with its source, in the active language."""
    if day is None:
        return gettext("Not confirmed yet")
    return gettext("Checked on %(date)s") % {"date": date_format(day, "SHORT_DATE_FORMAT")}


# Column of the table and the attribute of Quoted it shows.
COLUMNS = [
    (_("Sentence"), "sentence"),
    (_("Figure"), "value"),
    (_("Definition"), "definition"),
    (_("Population"), "population"),
    (_("Place"), "place"),
    (_("Year of the data"), "period"),
    (_("Total asked or counted"), "base"),
    (_("Source"), "source"),
    (_("Year of the source"), "source_year"),
    (_("Address of the source"), "address"),
    (_("Read in a secondary source"), "read_in"),
    (_("Doubt"), "doubt"),
]


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def figures_csv(request):
    """The bank as a table for spreadsheets; there while a page of figures is public."""
    if not queries.readable().type(FiguresPage).exists():
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"dati-{timezone.localdate():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.write(BYTE_ORDER_MARK)
    table = csv.writer(response)
    titles = [title for title, _name in COLUMNS]
    table.writerow(
        [*titles, _("Newer data"), _("Checked on"), _("To be looked at again"), _("Language")]
    )
    for figure in read(Fact.objects.all()).values():
        table.writerow([harmless(cell) for cell in row(figure)])
    return response


def row(figure: Figure) -> list[str]:
    """A figure as a line of the table; the last cell is the language of its words."""
    quoted = figure.quoted
    day = quoted.checked_on.isoformat() if quoted.checked_on else gettext("Not confirmed yet")
    return [
        *[getattr(quoted, name) for _title, name in COLUMNS],
        with_source(quoted.newer) if quoted.newer else "",
        day,
        gettext("Waits to be looked at again") if figure.overdue else "",
        tag(quoted.language),
    ]


def harmless(cell: str) -> str:
    """The cell as text, whatever a spreadsheet would make of it."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
