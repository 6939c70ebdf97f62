"""People: the accounts of the newsroom and the roles they hold. Nobody can give more power than they have."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.body.lists import listed
from articles.roles import ROLES

from .lists import Narrowed
from .reading import ReadOnly, when

for stock in (User, Group):
    admin.site.unregister(stock)

# What a person may do comes from roles alone; only a superuser makes another.
PERMISSIONS = ("is_active", "is_staff", "groups")

# What Django makes for every noun.
PLAIN = {"view": _("see"), "add": _("make"), "change": _("change"), "delete": _("delete")}


class InRole(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _permissions) in ROLES.items()]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(Narrowed, StockUserAdmin):
    list_display = ("username", "first_name", "last_name", "roles", "is_active", "seen")
    list_filter = ("is_active", InRole)
    filter_horizontal = ()
    readonly_fields = ("seen", "joined")
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "usable_password", "password1", "password2")}),
        (_("Roles"), {"fields": ("is_staff", "groups")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("last signed in"), ordering="last_login")
    def seen(self, user):
        return when(user.last_login)

    @admin.display(description=_("joined"))
    def joined(self, user):
        return when(user.date_joined)

    @admin.display(description=_("roles"))
    def roles(self, user):
        return listed(label_of(group) for group in user.groups.all()) or "–"

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        own = (*PERMISSIONS, "is_superuser") if request.user.is_superuser else PERMISSIONS
        return [
            (None, {"fields": ("username", "password")}),
            (_("Person"), {"fields": ("first_name", "last_name", "email")}),
            (_("Roles"), {"fields": own}),
            (_("Dates"), {"fields": ("seen", "joined")}),
        ]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        groups = form.base_fields.get("groups")
        if groups:
            groups.queryset = Group.objects.all() if request.user.is_superuser else _givable(obj)
            groups.label, groups.label_from_instance = _("Roles"), label_of
            groups.help_text = _("A role says what a person may do. Whoever holds several may do what any of them may.")
        if "is_staff" in form.base_fields:
            form.base_fields["is_staff"].initial = True
        return form

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_above(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_above(obj, request.user)


@admin.register(Group)
class RoleAdmin(ReadOnly):
    """The roles of `articles.roles` are written anew after every migrate: here they are looked at."""

    list_display = ("role", "held_by")
    fields = readonly_fields = ("role", "allowed", "held_by")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Roles")} | (extra_context or {}))

    @admin.display(description=_("role"), ordering="name")
    def role(self, group):
        return label_of(group)

    @admin.display(description=_("held by"))
    def held_by(self, group):
        return listed(sorted(user.get_short_name() or user.get_username() for user in group.user_set.all())) or "–"

    @admin.display(description=_("permissions"))
    def allowed(self, group):
        """Thing by thing what the role lets one do: “stories: see, make, change, can submit a story”."""
        things = {}
        for permission in group.permissions.select_related("content_type").order_by("content_type__model", "pk"):
            model = permission.content_type.model_class()
            deed, _of, noun = permission.codename.partition("_")
            plain = model is not None and noun == model._meta.model_name and deed in PLAIN
            said = PLAIN[deed] if plain else gettext(permission.name)
            things.setdefault(str(model._meta.verbose_name_plural if model else noun), []).append(said)
        return format_html_join("", "<b>{}</b>: {}<br>", ((thing, listed(said)) for thing, said in things.items()))


def label_of(group):
    """The role's name as people say it; a group that is no role of ours keeps its own."""
    return str(ROLES[group.name][0]) if group.name in ROLES else group.name


def _is_above(user, by):
    return user is not None and user.is_superuser and not by.is_superuser


def _givable(user):
    """The roles that an administrator may give: the newsroom's own, and those the person holds already."""
    held = Q(user=user) if user else Q()
    return Group.objects.filter(Q(name__in=ROLES) | held).distinct()
