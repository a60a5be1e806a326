"""The news for the press as an Atom feed (RFC 4287), one a language."""

import re
from datetime import datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from campaigns.press import PressPage, newest
from frame.languages import current, split, tag
from pages import queries

MOST = 20
# No XML may hold them (XML 1.0, 2.2); text pasted from an office program does.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TaggedAtom(Atom1Feed):
    """Atom that says of each entry which language it is in."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}


class PressFeed(Feed):
    """Public items of the language of the address; what is not translated comes in a fallback."""

    feed_type = TaggedAtom

    def get_object(self, request):
        lists = queries.readable().type(PressPage).values_list("translation_key", flat=True)
        pages = queries.pages_in_language(lists)
        if not pages:
            raise Http404
        return next(iter(pages.values()))

    # Django reads the language as an attribute.
    @property
    def language(self):
        return tag(current())

    def title(self, entry):
        return writable(entry.title)

    def link(self, entry):
        return entry.address

    def items(self, entry):
        return newest(current(), MOST)

    def item_title(self, item):
        return writable(item.title)

    def item_description(self, item):
        return writable(item.lead)

    def item_link(self, item):
        _language, path = split(item.url_path)
        return f"/{current()}/{path}"

    def item_guid(self, item):
        """A tag (RFC 4151) that outlives a changed title, address and translation."""
        host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
        return f"tag:{host},{item.issued_on:%Y-%m-%d}:{current()}/{item.translation_key}"

    def item_pubdate(self, item):
        return make_aware(datetime.combine(item.issued_on, time.min))

    def item_updateddate(self, item):
        return item.last_published_at or self.item_pubdate(item)

    def item_extra_kwargs(self, item):
        return {"language": tag(item.locale.language_code)}


def writable(text: str) -> str:
    """The text without signs that would make the whole feed unreadable."""
    return NOT_IN_XML.sub(" ", text)


_feed = PressFeed()


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def press_feed(request):
    """The feed; 404 while no list of news is public. Kept nowhere, like every public answer."""
    response = _feed(request)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    del response.headers["Last-Modified"]
    return response
