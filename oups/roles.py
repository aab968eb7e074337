"""The roles of the staff, as groups with their permissions.

One table says who may do what; `create_roles` writes it to the database and may be run again at any time.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

READ = ["view"]
SETTLE = ["view", "change"]
WRITE = ["view", "add", "change"]
OWN = ["view", "add", "change", "delete"]

ENTRY = ["frequenterror", "errorlifeevent", "deadline", "officialsource"]
REFERENCE_DATA = ["administration", "bestbet", "contactchannel", "legalreference", "synonym", "lifeevent"]
# Or by services, never by a form.
MACHINE_WRITTEN = ["formeraddress", "linkcheck", "proposal", "entryevent", "rereadingrequest"]
SETTLED = ["readermessage", "searchlog"]  # written by readers; editors say what became of each
# Who may open a citizen's document: the team, nobody else. Administrators make accounts, auditors read the register.
DESK = {
    "submission": ["view", "change", "count"],
    "document": ["view", "download"],
    "rewriting": WRITE,
    "answertemplate": WRITE,
    "documentaccess": READ,
}
WATCH = {"submission": ["count"], "documentaccess": READ}
HISTORY = [f"historical{model}" for model in REFERENCE_DATA]

ROLES: dict[str, dict[str, list[str]]] = {
    "rédacteur": {
        **dict.fromkeys(ENTRY, OWN),
        "frequenterror": WRITE,
        **dict.fromkeys(SETTLED, SETTLE),
        **dict.fromkeys([*REFERENCE_DATA, *MACHINE_WRITTEN, *HISTORY], READ),
        "replytemplate": READ,
    },
    "relecteur": {
        **dict.fromkeys([*ENTRY, *REFERENCE_DATA, "replytemplate"], OWN),
        "frequenterror": [*WRITE, "review"],
        **dict.fromkeys(SETTLED, SETTLE),
        **dict.fromkeys([*MACHINE_WRITTEN, *HISTORY], READ),
    },
    "équipe simplification": {
        **dict.fromkeys([*ENTRY, *REFERENCE_DATA, *MACHINE_WRITTEN, *SETTLED], READ),
        **DESK,
    },
    "administrateur": {
        **dict.fromkeys([*ENTRY, *REFERENCE_DATA, "replytemplate", "answertemplate"], OWN),
        "frequenterror": [*OWN, "review"],
        # Accounts are closed, not deleted. Groups are what this table says: who could change one could take any right.
        "user": WRITE,
        **dict.fromkeys(SETTLED, SETTLE),
        **dict.fromkeys([*MACHINE_WRITTEN, *HISTORY, "group", "permission", "logentry"], READ),
    },
    "auditeur": {
        **dict.fromkeys(
            [*ENTRY, *REFERENCE_DATA, *MACHINE_WRITTEN, *SETTLED, *HISTORY, "user", "group", "logentry"], READ
        ),
        "replytemplate": READ,
        **WATCH,
    },
}


@transaction.atomic
def create_roles() -> None:
    """Write each group with exactly the permissions of the table."""
    permissions = {permission.codename: permission for permission in Permission.objects.all()}
    for name, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(
            permissions[f"{action}_{model}"] for model, actions in rights.items() for action in actions
        )
