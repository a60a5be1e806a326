"""Turns the entries of a demo file into blocks, with the same ids in every language."""

from uuid import UUID, uuid5

from wagtail.blocks import StreamValue

from pages.blocks import BodyBlock, EntrancesBlock
from pages.news import NewsBlock

# For each type: keys that are words, keys that stand in the source file alone.
WORDS = {
    "heading": ("text",),
    "text": ("html",),
    "call": ("note",),
    "link": ("text", "note"),
    "image": ("alt", "caption"),
    "fact": (),
    "quotation": ("text", "source"),
    "sources": (),
    "steps": ("items",),
    "stage": ("title", "happens", "who", "decide", "limit", "bring", "unknown"),
    "note": ("title", "html"),
    "table": ("caption", "head", "rows"),
    "pair": ("rule", "say", "avoid", "why", "doubt"),
    "practice": ("text", "done"),
    "below": (),
    "contents": (),
}
SAME = {
    "call": ("service",),
    "link": ("page", "service", "address"),
    "image": ("image",),
    "fact": ("fact",),
    "sources": ("sources", "law_unread", "checked_on"),
    "stage": ("service", "sources", "law_unread", "checked_on", "valid_until"),
    "pair": ("code", "source"),
}


def body_of(content, file: str, key: UUID, source: list[dict], words: list[dict]) -> StreamValue:
    """The stream of a page body; raises the content's error with file, entry and reason."""
    if len(source) != len(words):
        raise content.mistake(
            file, "body", f"has {len(words)} entries, the source has {len(source)}"
        )
    raw = []
    for position, (first, entry) in enumerate(zip(source, words, strict=True)):
        kind = entry.get("type")
        where = f"body entry {position + 1} ({kind})"
        if kind not in WORDS:
            raise content.mistake(file, where, f"unknown type, use one of {', '.join(WORDS)}")
        if kind != first.get("type"):
            raise content.mistake(file, where, f"the source has {first.get('type')} here")
        unknown = set(entry) - {"type", *WORDS[kind], *SAME.get(kind, ())}
        if unknown:
            raise content.mistake(file, where, f"unknown key {min(unknown)}")
        merged = {name: first[name] for name in SAME.get(kind, ()) if name in first}
        merged |= {name: entry[name] for name in WORDS[kind] if name in entry}
        identity = uuid5(key, f"body/{position}")
        try:
            value = VALUES[kind](content, merged, identity)
        except KeyError as error:
            raise content.mistake(file, where, f"{error.args[0]} is missing or unknown") from error
        raw.append({"type": kind, "value": value, "id": str(identity)})
    return StreamValue(BodyBlock(), raw, is_lazy=True)


def entrances_of(
    content, file: str, key: UUID, source: list[dict], words: list[dict]
) -> StreamValue:
    """The stream of the home page's entrances."""
    if len(source) != len(words):
        raise content.mistake(
            file, "entrance", f"{len(words)} entries, the source has {len(source)}"
        )
    raw = []
    for position, (first, entry) in enumerate(zip(source, words, strict=True)):
        try:
            value = {
                "page": content.names["page"][first["page"]],
                "mark": first["mark"],
                "line": entry["line"],
            }
        except KeyError as error:
            reason = f"{error.args[0]} is missing or unknown"
            raise content.mistake(file, f"entrance {position + 1}", reason) from error
        raw.append(
            {"type": "entrance", "value": value, "id": str(uuid5(key, f"entrance/{position}"))}
        )
    return StreamValue(EntrancesBlock(), raw, is_lazy=True)


def news_of(content, file: str, key: UUID, entries: list[dict], lines: dict) -> StreamValue:
    """The stream of the home page's news: pages and dates once, `lines` by the pages' folders."""
    raw = []
    for position, entry in enumerate(entries):
        try:
            value = {
                "page": content.names["page"][entry["page"]],
                "date": entry["date"].isoformat(),
                "line": lines[entry["page"]],
            }
        except (KeyError, AttributeError) as error:
            reason = f"{error.args[0]} is missing or unknown"
            raise content.mistake(file, f"news {position + 1}", reason) from error
        raw.append({"type": "item", "value": value, "id": str(uuid5(key, f"news/{position}"))})
    return StreamValue(NewsBlock(), raw, is_lazy=True)


def _items(identity: UUID, values: list) -> list[dict]:
    """List items with ids that are the same in every language."""
    return [
        {"type": "item", "value": value, "id": str(uuid5(identity, str(position)))}
        for position, value in enumerate(values)
    ]


def _link(content, entry, identity):
    page = entry.get("page")
    service = entry.get("service")
    return {
        "text": entry["text"],
        "note": entry.get("note", ""),
        "page": content.names["page"][page] if page else None,
        "service": content.names["service"][service] if service else "",
        "address": entry.get("address", ""),
    }


def _image(content, entry, identity):
    image = {
        "image": content.names["image"][entry["image"]],
        "alt_text": entry["alt"],
        "decorative": False,
    }
    return {"image": image, "caption": entry.get("caption", "")}


def _sources(content, entry, identity):
    sources = [
        {
            "name": source["name"],
            "year": source.get("year"),
            "address": source.get("address", ""),
        }
        for source in entry.get("sources", [])
    ]
    checked_on = entry.get("checked_on")
    return {
        "sources": _items(identity, sources),
        "law_unread": entry.get("law_unread", False),
        "checked_on": checked_on.isoformat() if checked_on else None,
    }


def _stage(content, entry, identity):
    service = entry.get("service")
    last_day = entry.get("valid_until")
    return {
        **_sources(content, entry, identity),
        **{name: entry[name] for name in ("title", "happens", "who", "limit")},
        **{name: entry.get(name, "") for name in ("decide", "bring", "unknown")},
        "valid_until": last_day.isoformat() if last_day else None,
        "service": content.names["service"][service] if service else "",
    }


def _table(content, entry, identity):
    rows = [
        _items(uuid5(identity, f"row {position}"), row)
        for position, row in enumerate(entry["rows"])
    ]
    return {
        "caption": entry["caption"],
        "head": _items(uuid5(identity, "head"), entry["head"]),
        "rows": _items(uuid5(identity, "rows"), rows),
    }


VALUES = {
    "heading": lambda content, entry, identity: entry["text"],
    "text": lambda content, entry, identity: entry["html"].strip(),
    "call": lambda content, entry, identity: {
        "service": content.names["service"][entry["service"]],
        "note": entry.get("note", ""),
    },
    "link": _link,
    "image": _image,
    "fact": lambda content, entry, identity: {"fact": content.names["fact"][entry["fact"]]},
    "quotation": lambda content, entry, identity: {
        "text": entry["text"],
        "source": entry["source"],
    },
    "steps": lambda content, entry, identity: _items(
        identity,
        [{"title": item["title"], "text": item.get("text", "")} for item in entry["items"]],
    ),
    "sources": _sources,
    "stage": _stage,
    "note": lambda content, entry, identity: {
        "title": entry.get("title", ""),
        "text": entry["html"].strip(),
    },
    "table": _table,
    "pair": lambda content, entry, identity: {
        **{name: entry[name] for name in ("code", "rule", "say", "avoid", "why")},
        **{name: entry.get(name, "") for name in ("doubt", "source")},
    },
    "practice": lambda content, entry, identity: {"text": entry["text"], "done": entry["done"]},
    "below": lambda content, entry, identity: None,
    "contents": lambda content, entry, identity: None,
}
