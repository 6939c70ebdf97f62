"""The inspector beside the wall: one picture larger, with its words, rights and stories. A fragment of a page."""

from django.shortcuts import render
from django.urls import path, reverse

from articles.models import Attachment, EditionPhoto, Photo

from . import moments, renditions
from .lacks import lacks_of
from .photo_moves import LABELS
from .photo_page import named, rights_said, standing
from .site import publication_of

STORIES = 6  # that are named; whether there are more is said


class LookMixin:
    """The inspector's door, for the photos' ModelAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.look_view)
        return [path("<int:number>/look/", view, name="articles_photo_look"), *super().get_urls()]

    def look_view(self, request, number):
        """What the inspector shows. Raises Http404, PermissionDenied."""
        photo = self.found(request, number)
        publication, user = publication_of(request), request.user
        knows = photo.source_known_to(user)
        captions = {row.language: row for row in photo.captions.all()}
        may_caption = user.has_perm("articles.caption_photo") or user.has_perm("articles.change_photo")
        ways = {
            "captions": f"{reverse('admin:articles_photo_captions')}?photos={photo.pk}" if may_caption else "",
            "crop": reverse("admin:articles_photo_crop", args=[photo.pk])
            if user.has_perm("articles.change_photo")
            else "",
        }
        stories, is_more = _stories(photo)
        context = {
            "photo": photo,
            "address": renditions.address(photo, 640),
            "knows": knows,
            "standing": standing(photo, publication),
            "rights_said": rights_said(photo, publication),
            "captions": [(language, captions.get(language)) for language in publication.languages],
            "lacks": lacks_of(photo),
            "uploaded": moments.whole(photo.created_at, publication),
            "uploaded_by": named(photo.uploaded_by) if knows else "",
            "collections": list(photo.collections.all()[:STORIES]),
            "stories": stories,
            "is_more": is_more,
            "ways": ways,
            "crop_words": LABELS["crop"],
        }
        return render(request, "admin/articles/photo/look.html", context)


def _stories(photo: Photo) -> tuple[list[dict], bool]:
    """The stories that show `photo`, those changed last first, and whether there are more than are named."""
    rows = Attachment.objects.filter(photo=photo, story__binned_at=None).select_related("story").defer("story__body")
    rows = list(rows.order_by("-story__changed_at", "-id")[: STORIES + 1])
    live = set(
        EditionPhoto.objects.filter(
            photo=photo, edition__is_live=True, edition__story__in=[row.story_id for row in rows]
        ).values_list("edition__story", flat=True)
    )
    found = [
        {
            "story": row.story,
            "address": reverse("admin:articles_story_change", args=[row.story_id]),
            "role": row.get_role_display(),
            "is_live": row.story_id in live,
        }
        for row in rows
    ]
    return found[:STORIES], len(found) > STORIES
