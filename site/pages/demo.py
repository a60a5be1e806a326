"""Puts the demo pages in: the source language first, then each translation by the machinery
that translators use, so that editors see its state.

Each app keeps its pages in a folder of its own with a `tree.toml`; its `demo.py` calls
`load_pages`. An entry of the tree has `folder`, and as needed `type`, `slug`, `parent`, `mark`,
`languages` (without it: every language), `values` (own fields that are the same in every language;
a person is named by the demo account) and `facts` ({field: key of the bank}). A language's file
holds the words of the page's own fields by their names. What is new on the home page stands in
`pages/news.toml` and may name pages of any room: it is put in when all are there.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db.models import CharField, TextField
from wagtail.models import Locale, Page, Site
from wagtail_localize.fields import TranslatableField

from pages import demo_facts
from pages.demo_body import body_of, entrances_of, news_of
from pages.demo_translation import Original
from pages.models import BodyPage, HomePage, MenuLink, SiteImage, SiteSettings
from search import documents

ORDER = 20
NEWS = "pages/news.toml"
SOURCE = settings.LANGUAGE_CODE
NAMESPACE = uuid5(NAMESPACE_URL, "demo/pages")


def load(content) -> None:
    """Creates the pages, menus and translations that are missing."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    demo_facts.load(content)
    content.names |= {"image": {}, "page": {}, "new": {}}
    load_pages(content, "pages")


@documents.together()
def finish(content) -> None:
    """The menus, and what is new on a home page made just now: all pages may be named by now."""
    tree = content.read("pages/tree.toml")
    _menus(content, tree)
    entry = next(entry for entry in tree["page"] if entry.get("type") == "pages.HomePage")
    entry = entry | {"room": "pages"}
    if entry["folder"] not in content.names["new"]:
        return
    home = HomePage.objects.get(pk=content.names["page"][entry["folder"]])
    home.news = _news(content, entry, SOURCE)
    home.save_revision().publish()
    original = Original(home)
    for translation in home.get_translations().specific():
        code = translation.locale.language_code
        target = _translated(content, entry, home, translation.locale)
        target.news = _news(content, entry, code)
        original.translate(content, NEWS, target, translation.locale)


def _news(content, entry: dict, language: str):
    news = content.read(NEWS)
    lines = news.get("lines", {}).get(language, {})
    return news_of(content, NEWS, _key(entry["folder"]), news.get("news", []), lines)


@documents.together()
def load_pages(content, room: str) -> dict:
    """Creates what `<room>/tree.toml` lists and is missing; answers the tree.

    Pages of this and of earlier rooms may be named as `parent` and in links. A page whose accounts
    are not there stays a draft in one language: nobody has checked it.
    """
    tree = content.read(f"{room}/tree.toml")
    content.names["image"] |= _images(content, room, tree)
    entries = [entry | {"room": room} for entry in tree["page"]]
    created = [page for entry in entries if (page := _create(content, entry))]
    for made, entry in created:
        content.names["new"][entry["folder"]] = made.pk
        # Asked for anew: its children have changed the tree's fields in the database.
        page = type(made).objects.get(pk=made.pk)
        _fill(content, page, entry, SOURCE)
        revision = page.save_revision()
        if _has_accounts(entry):
            revision.publish()
        else:
            content.say(f"{_file(entry, SOURCE)} stays a draft: its accounts are not there.")
    for entry in entries:
        if _has_accounts(entry):
            _translate(content, entry)
    content.say(f"{len(created)} pages created, {len(entries) - len(created)} kept as they were.")
    return tree


def _accounts_named(entry: dict) -> dict[str, str]:
    """{field of the page: name of the account that the entry gives it}."""
    values, accounts = entry.get("values", {}), get_user_model()
    fields = apps.get_model(entry.get("type", "pages.ContentPage"))._meta.get_fields()
    return {
        field.name: values[field.name]
        for field in fields
        if field.related_model is accounts and field.name in values
    }


def _has_accounts(entry: dict) -> bool:
    names = set(_accounts_named(entry).values())
    return get_user_model().objects.filter(username__in=names).count() == len(names)


def _key(folder: str) -> UUID:
    return uuid5(NAMESPACE, folder)


def _file(entry: dict, language: str) -> str:
    return f"{entry['room']}/{entry['folder']}/{language}.toml"


def _create(content, entry: dict):
    """The page of an entry with its title, or None when it is there already."""
    folder = entry["folder"]
    file = _file(entry, SOURCE)
    locale = Locale.objects.get(language_code=SOURCE)
    existing = Page.objects.filter(translation_key=_key(folder), locale=locale).first()
    if existing:
        content.names["page"][folder] = existing.pk
        return None
    model = apps.get_model(entry.get("type", "pages.ContentPage"))
    words = content.read(file)
    page = model(
        translation_key=_key(folder),
        locale=locale,
        slug=entry.get("slug", folder),
        mark=entry.get("mark", ""),
        live=False,
        **_words(content, file, words, model),
        **_values(content, entry, model),
    )
    _check(content, file, page)
    if model is HomePage:
        Page.objects.get(depth=1).add_child(instance=page)
        _site(page, content.read("pages/tree.toml")["site_name"])
    else:
        parent = entry.get("parent", "home")
        Page.objects.get(pk=content.names["page"][parent]).add_child(instance=page)
    content.names["page"][folder] = page.pk
    return page, entry


def _site(home: HomePage, name: str) -> None:
    """Points Wagtail's site at the home page and removes the welcome page of a fresh database."""
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": name},
    )
    for welcome in Page.objects.filter(depth=2, slug="home"):
        welcome.delete()


def _words(content, file: str, words: dict, model) -> dict:
    """The words of the page's own fields; the footer's `owner` is the field `run_by`."""
    own = {field.field_name for field in model.translatable_fields if _holds_words(model, field)}
    fields = {name: words[name] for name in own if name in words}
    if model is HomePage:
        fields |= {"run_by": words.get("owner", "")}
    missing = {"title", "tab_title"} - set(fields)
    if missing:
        raise content.mistake(file, ", ".join(sorted(missing)), "is missing")
    for name, value in fields.items():
        if not isinstance(value, str):
            raise content.mistake(file, name, f"must be text in quotation marks, not {value!r}")
    return fields


def _holds_words(model, field) -> bool:
    kind = model._meta.get_field(field.field_name)
    return isinstance(field, TranslatableField) and isinstance(kind, CharField | TextField)


def _values(content, entry: dict, model) -> dict:
    """What is the same in every language, and the facts that a field of the page names."""
    file = f"{entry['room']}/tree.toml"
    fields = {field.name for field in model._meta.get_fields()}
    found = dict(entry.get("values", {}))
    for name, key in entry.get("facts", {}).items():
        if key not in content.names["fact"]:
            raise content.mistake(file, f"{entry['folder']}: {name}", f"no fact has the key {key}")
        found[f"{name}_id"] = content.names["fact"][key]
    unknown = set(entry.get("values", {})) - fields
    if unknown:
        raise content.mistake(file, entry["folder"], f"unknown value {min(unknown)}")
    for name, username in _accounts_named(entry).items():
        found[name] = get_user_model().objects.filter(username=username).first()
    return found


def _check(content, file: str, page) -> None:
    """Field rules, before anything is saved: length, neutral words, required fields."""
    try:
        page.clean_fields(
            exclude=["path", "depth", "content_type", "latest_revision", "owner", "url_path"]
        )
        page.draft_title = page.title
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise content.mistake(file, field, " ".join(messages)) from error


def _fill(content, page, entry: dict, language: str) -> None:
    """Sets body and entrances in one language; what is the same comes from the source."""
    folder = entry["folder"]
    file = _file(entry, language)
    source = content.read(_file(entry, SOURCE))
    words = content.read(file)
    if isinstance(page, BodyPage):
        page.body = body_of(
            content, file, _key(folder), source.get("body", []), words.get("body", [])
        )
    if isinstance(page, HomePage):
        page.entrances = entrances_of(
            content, file, _key(folder), source.get("entrance", []), words.get("entrance", [])
        )


def _translate(content, entry: dict) -> None:
    """Every language that has no translation of this page yet."""
    folder = entry["folder"]
    source = Page.objects.get(pk=content.names["page"][folder]).specific
    original = Original(source)
    for code, _name in settings.LANGUAGES:
        locale = Locale.objects.get(language_code=code)
        missing = code not in entry.get("languages", [code])
        if code == SOURCE or missing or source.has_translation(locale):
            continue
        target = _translated(content, entry, source, locale)
        original.translate(content, _file(entry, code), target, locale)


def _translated(content, entry: dict, source, locale: Locale):
    """An unsaved page with the words of a language."""
    code = locale.language_code
    file = _file(entry, code)
    values = _values(content, entry, type(source))
    target = type(source)(locale=locale, slug=source.slug, mark=source.mark, **values)
    for name, value in _words(content, file, content.read(file), type(source)).items():
        setattr(target, name, value)
    _check(content, file, target)
    _fill(content, target, entry, code)
    return target


def _images(content, room: str, tree: dict) -> dict[str, int]:
    """{file name: id} of the demo images."""
    found = {}
    for entry in tree.get("image", []):
        image = SiteImage.objects.filter(title=entry["title"]).first()
        if image is None:
            path = content.folder / room / "images" / entry["file"]
            if not path.exists():
                raise content.mistake(f"{room}/tree.toml", entry["file"], "is missing")
            with path.open("rb") as file:
                image = SiteImage(
                    title=entry["title"],
                    description=entry["description"],
                    file=ImageFile(file, name=path.name),
                )
                image.save()
        found[entry["file"]] = image.pk
    return found


def _menus(content, tree: dict) -> None:
    """Name, safety page and menus, once."""
    if SiteSettings.objects.exists():
        return
    pages = content.names["page"]
    record = SiteSettings(name=tree["site_name"], safety_page_id=pages[tree["safety_page"]])
    record.menu_links = [
        MenuLink(place=place, page_id=pages[folder], sort_order=position)
        for place in (MenuLink.MAIN, MenuLink.FOOTER)
        for position, folder in enumerate(tree[f"{place}_menu"])
    ]
    record.save()
