"""Demo accounts, one for each role, where the settings allow them."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from staff import roles

ORDER = 30
# A development password that is printed at every start; production refuses demo accounts.
PASSWORD = "drosa-parole-demo"  # noqa: S105


def load(content) -> None:
    """Creates the accounts that are missing; the groups know the new home pages afterwards."""
    roles.set_up()
    if not settings.DEMO_ACCOUNTS:
        content.say("No demo accounts: DEMO_ACCOUNTS is off.")
        return
    for entry in content.read("staff/accounts.toml")["account"]:
        user, created = get_user_model().objects.get_or_create(username=entry["name"])
        if created:
            user.set_password(PASSWORD)
            user.is_superuser = user.is_staff = entry["role"] == "administrator"
            user.save()
            if group := group_of(entry):
                user.groups.add(Group.objects.get(name=group))
        content.say(f"Account {entry['name']} ({entry['role']}), password {PASSWORD}")


def group_of(entry: dict) -> str:
    """The name of the group of a role; an administrator needs none."""
    if entry["role"] == "translator":
        return roles.TRANSLATOR.format(language=dict(settings.LANGUAGES)[entry["language"]])
    groups = {"editor": roles.EDITOR, "publisher": roles.PUBLISHER, "keeper": roles.KEEPER}
    return groups.get(entry["role"], "")
