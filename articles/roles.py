"""Roles: who may do what, as one table. Installed as groups after every migrate; buttons and tests loop over it."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

WRITE = ("view_story", "add_story", "change_story", "submit_story", "add_note", "view_note")
LOOK = (
    "view_photo",
    "view_caption",
    "view_section",
    "view_author",
    "view_tag",
    "view_edition",
    "view_revision",
    "view_publication",
    "view_correction",
)
PICTURES = (
    *("add_photo", "change_photo", "delete_photo", "withdraw_photo"),
    *("caption_photo", "add_caption", "change_caption"),
)
TAGS = ("add_tag", "change_tag")
EDIT = ("change_any_story", "return_story", *TAGS)
RELEASE = ("publish_story", "withdraw_story")
ADDRESSES = (
    *("readdress_story", "view_redirect", "add_redirect", "delete_redirect", "view_deadend", "change_deadend"),
    "delete_correction",
)
HOUSE = (
    "add_section",
    "change_section",
    "delete_section",
    "add_author",
    "change_author",
    "delete_author",
    "delete_tag",
    "change_publication",
    "view_auditline",
    "view_withdrawal",
)
PEOPLE = ("auth.view_user", "auth.add_user", "auth.change_user", "auth.delete_user", "auth.view_group")

# Group name: (label, permissions; those without an application are of `articles`).
ROLES = {
    "reporter": (_("Reporter"), WRITE + LOOK + ("add_photo", "caption_photo")),
    "photo": (_("Photo staff"), LOOK + PICTURES + ("view_story", "illustrate_story")),
    "editor": (_("Editor"), WRITE + LOOK + PICTURES + EDIT),
    "front_editor": (_("Front editor"), WRITE + LOOK + PICTURES + EDIT + ("publish_story",)),
    "publisher": (
        _("Publisher"),
        WRITE + LOOK + PICTURES + EDIT + RELEASE + ADDRESSES + ("view_auditline", "view_withdrawal"),
    ),
    "administrator": (_("Administrator"), WRITE + LOOK + PICTURES + EDIT + RELEASE + ADDRESSES + HOUSE + PEOPLE),
}


def install(*, using="default", apps=apps, **kwargs):
    """Make the groups of ROLES and give each exactly its permissions. Receives `post_migrate`; safe to run again."""
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    every = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permission_model.objects.using(using).select_related("content_type")
    }
    if full(WRITE[0]) not in every:
        return  # migrated back to before the newsroom's own tables
    for name, (_label, permissions) in ROLES.items():
        group, _made = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.set([every[full(permission)] for permission in permissions])


def full(permission):
    """`publish_story` as `articles.publish_story`; what names its application already stays."""
    return permission if "." in permission else f"articles.{permission}"
