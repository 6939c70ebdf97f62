"""What may be done with a collection: make it, put photos in, take them out, order them, pick and reject."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.body.characters import clean_text
from articles.models import Collection, CollectionPhoto, Photo

from .changing import changing, once_more
from .errors import NotAllowed, Refused

User = AbstractBaseUser | None
RATINGS = (-1, 0, 1)


@once_more
def make(name: str, *, by: User) -> Collection:
    """The collection of that name; made where there is none yet."""
    _check(by)
    name = clean_text(name).strip()
    if not name or len(name) > 120:
        raise Refused(_("Give the collection a name of at most 120 characters."))
    known = Collection.objects.filter(name=name).first()
    if known:
        return known
    collection = Collection(name=name, by=by)
    with changing(collection, "make_collection", by=by):
        collection.save(force_insert=True)
    return collection


def put_in(collection: Collection, photos: Iterable[Photo], *, by: User) -> int:
    """Put `photos` behind those that are in it. Gives how many were not in it before."""
    _check(by)
    with changing(collection, "put_in_collection", by=by) as details:
        held = set(collection.rows.values_list("photo", flat=True))
        new = [photo for photo in dict.fromkeys(photos) if photo.pk not in held]
        last = collection.rows.aggregate(last=Max("order"))["last"] or 0
        CollectionPhoto.objects.bulk_create(
            CollectionPhoto(collection=collection, photo=photo, order=last + place)
            for place, photo in enumerate(new, 1)
        )
        details["photos"] = len(new)
    return len(new)


def take_out(collection: Collection, photos: Iterable[Photo], *, by: User) -> int:
    """Take `photos` out of it. Gives how many that were."""
    _check(by)
    with changing(collection, "take_out_of_collection", by=by) as details:
        details["photos"] = collection.rows.filter(photo__in=list(photos)).delete()[0]
    return details["photos"]


def rate(photo: Photo, rating: int, *, by: User) -> None:
    """Pick a photo (1), reject it (-1), or neither (0)."""
    _check(by)
    if rating not in RATINGS:
        raise Refused(_("A photo is picked, rejected, or neither."))
    with changing(photo, "rate", by=by) as details:
        photo.rating = details["rating"] = rating


def _check(by: User) -> None:
    if by and not by.has_perm("articles.change_photo"):
        raise NotAllowed(_("You may not sort pictures."))
