"""Forms of the admin, filled in as a browser would."""

from bs4 import BeautifulSoup


def edit_address(record) -> str:
    """The form of a snippet."""
    return f"/admin/snippets/directory/{record._meta.model_name}/edit/{record.pk}/"


def fields(answer) -> dict[str, str]:
    """What the form of an admin page holds, as a browser would send it back."""
    page = BeautifulSoup(answer.content, "lxml")
    form = page.select_one("form[data-edit-form]") or page.select_one("#w-editor-form")
    found = {}
    for field in form.select("[name]"):
        if field.name == "select":
            chosen = field.select("option[selected]") or field.select("option")[:1]
            if field.has_attr("multiple"):
                chosen = field.select("option[selected]")
            found[field["name"]] = [option["value"] for option in chosen]
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                found.setdefault(field["name"], []).append(field.get("value", "on"))
        elif field.get("type") not in ("submit", "button"):
            found[field["name"]] = field.get("value", field.get_text())
    return {name: value for name, value in found.items() if not name.startswith("action-")}


def add(form: dict, relation: str, **values) -> str:
    """Adds a row; returns the beginning of the names of its fields."""
    number = int(form[f"{relation}-TOTAL_FORMS"])
    form[f"{relation}-TOTAL_FORMS"] = str(number + 1)
    form[f"{relation}-{number}-id"] = form[f"{relation}-{number}-DELETE"] = ""
    form[f"{relation}-{number}-ORDER"] = str(number + 1)
    form |= {f"{relation}-{number}-{name}": value for name, value in values.items()}
    return f"{relation}-{number}"


def publish(client, service, form):
    return client.post(edit_address(service), form | {"action-publish": "action-publish"})


def errors(answer, field: str) -> str:
    """The messages that stand at one field of the form that came back."""
    page = BeautifulSoup(answer.content, "lxml")
    box = page.select_one(f"[data-field]:has([name='{field}'])")
    return " ".join(found.get_text(" ", strip=True) for found in box.select(".error-message"))
