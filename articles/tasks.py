"""Tasks: making renditions and putting them where they belong. Each may run twice, or after a crash, without harm."""

import logging
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import transaction
from django_tasks import task

from articles import claims, credentials
from articles.imaging import cards, shapes
from articles.imaging import encode as encoding
from articles.imaging import recipes as planning
from articles.imaging.crop import Crop
from articles.models import Attachment, EditionPhoto, Photo, PhotoVersion
from articles.models.photos import new_token
from articles.pages import touches

logger = logging.getLogger(__name__)


def widths(name: str) -> list[int]:
    """The widths, in pixels, of a format. AVIF is dear to make: it gets every second one."""
    return list(settings.PICTURE_WIDTHS[1::2] if name == "avif" else settings.PICTURE_WIDTHS)


# Puts a rendition into a storage under a name.
Writer = Callable[[str, str, bytes | File], str]

# How often a photo is made that somebody changes each time meanwhile, before others have their turn.
TRIES = 5

# Crops of one photo that are made: the site's shapes and the stories' own, those that readers see first.
MOST_FRAMES = 24


def frames(photo: Photo) -> list[Crop]:
    """The crops of `photo` that pages show beside the whole picture: the library's, then those that stories keep."""
    site = (shapes.ORIGINAL, "3:2", *(["4:5"] if photo.height > photo.width else []))
    wanted = [photo.crops.get(shape) for shape in site]
    live = EditionPhoto.objects.filter(photo=photo, edition__is_live=True, crop__isnull=False)
    kept = Attachment.objects.filter(photo=photo, crop__isnull=False)
    for rows in (live, kept) if photo.pk else ():
        wanted += rows.order_by("-pk").values_list("crop", flat=True)[:MOST_FRAMES]
    return list(dict.fromkeys(filter(None, map(Crop.of, wanted))))[:MOST_FRAMES]


def plan(photo: Photo, formats: Iterable[str], crops: Iterable[Crop | None] = (None,)) -> list[planning.Recipe]:
    """The renditions of `photo` in `formats`: each of `crops` (None: the whole picture) at each width, and the card
    shapes of each as JPEG."""
    size, formats, found = (photo.width, photo.height), list(formats), []
    for crop in crops:
        found += _shown(photo, formats, crop)
        if "jpeg" in formats:
            found += shapes.shape_cards(*size, photo.framing, shapes.story_framing(crop))
            if crop is None:
                found += planning.recipes(*size, formats=["jpeg"], widths={"jpeg": [planning.PREVIEW_WIDTH]})
    # A picture that has a card's shape already is that card: one rendition, made once.
    return list(dict.fromkeys(found))


def _shown(photo: Photo, formats: Iterable[str], crop: Crop | None) -> list[planning.Recipe]:
    """The renditions that pages name: the crop at each width."""
    size, formats = (photo.width, photo.height), list(formats)
    return planning.recipes(*size, crop=crop, formats=formats, widths={name: widths(name) for name in formats})


def _as_made(photo: Photo, format: str, crop: Crop | None) -> dict[str, list[int]]:
    """What `Photo.formats` holds once a crop is made in a format."""
    made = {planning.made_key(format, crop): [recipe.width for recipe in _shown(photo, [format], crop)]}
    if format == "jpeg":
        framing = shapes.story_framing(crop)
        card = shapes.shape_card(photo.width, photo.height, cards.LINK, photo.framing, framing)
        made[planning.made_key(planning.LINK_CARD, crop)] = [card.width]
    return made


def store(storage_name: str, name: str, content: bytes | File) -> str:
    """Write a file whole under exactly `name`; one that lies there already holds the same picture."""
    storage = storages[storage_name]
    if not storage.exists(name):
        saved = storage.save(name, ContentFile(content) if isinstance(content, bytes) else content)
        if saved != name:  # another process was quicker by a moment: a storage gives the second one another name
            storage.delete(saved)
    return name


def missing(photo: Photo, formats: Iterable[str]) -> list[tuple[str, Crop | None]]:
    """Format and crop of what pages could name and is not made yet."""
    wanted = [(name, crop) for crop in (None, *frames(photo)) for name in formats]
    return [(name, crop) for name, crop in wanted if not _is_made(photo, name, crop)]


def _is_made(photo: Photo, format: str, crop: Crop | None) -> bool:
    """With the JPEGs of a photo of before link cards, its card is missing too."""
    if format == "jpeg" and not photo.has_link_card(crop):
        return False
    return planning.made_key(format, crop) in photo.formats


def encode(photo: Photo, formats: Iterable[str], *, write: Writer = store) -> None:
    """Make the renditions of `formats` that do not exist yet, with `write`, and write down that they do."""
    lacking = missing(photo, formats)
    if not lacking:
        return
    planned = dict.fromkeys(recipe for name, crop in lacking for recipe in plan(photo, [name], [crop]))
    _write(photo, photo.token, list(planned), write)
    made = {key: found for name, crop in lacking for key, found in _as_made(photo, name, crop).items()}
    with transaction.atomic():
        row = Photo.objects.select_for_update().filter(pk=photo.pk).first()
        if row is None or row.token != photo.token:  # made anew meanwhile: of pixels nobody names any more
            if not PhotoVersion.objects.filter(token=photo.token, cleared_at=None).exists():
                remove(photo.token)
            return
        if row.is_public:  # pages name them as soon as this is committed
            for name, content in desk_copies(row):
                write("renditions", name, content)
        before = touches.faces(row)
        row.formats = row.formats | made
        row.save(update_fields=["formats"])
        touches.mark_moved(row, before)
    photo.formats = row.formats


def _write(photo: Photo, token: str, recipes: list[planning.Recipe], write: Writer) -> None:
    """Make those of `recipes` that are not there, of the original turned as the desk turned it, with the words its
    policy allows. What is there is whole, of the same pixels and words: a worker before this one may have died."""
    there = {*names_in("desk", token), *names_in("renditions", token)}
    recipes = [recipe for recipe in recipes if f"{token}/{recipe.name}" not in there]
    said = credentials.written(photo) | {"policy": encoding.Policy(photo.policy), "turn": photo.rotation}
    with photo.original.open("rb") as original:
        for recipe, content in encoding.encode(original, recipes, **said):
            write("desk", f"{token}/{recipe.name}", credentials.signed(photo, recipe, content))


def renew(photo: Photo, *, write: Writer = store) -> bool:
    """Make the JPEGs of `photo` anew under a new token, and name them instead of the old ones once all are there.

    Gives whether that was done; not if somebody changed the photo meanwhile, whose change asks for it again.
    """
    wanted, old = _stamp(photo), photo.token
    token, crops = new_token(), [None, *frames(photo)]
    Photo.objects.filter(pk=photo.pk).update(next_token=token)  # should this process die, the next removes them
    try:
        _write(photo, token, plan(photo, ["jpeg"], crops), write)
    except BaseException:
        remove(token)  # nobody would ever name it
        raise
    made = {key: found for crop in crops for key, found in _as_made(photo, "jpeg", crop).items()}
    with transaction.atomic():
        row = Photo.objects.select_for_update().filter(pk=photo.pk).first()
        if row is None or (_stamp(row), row.token) != (wanted, old):
            remove(token)
            return False
        before = touches.faces(row)
        row.token, row.next_token, row.needs_renditions, row.formats = token, "", False, made
        if row.is_public:
            for name, content in desk_copies(row):
                write("renditions", name, content)
            PhotoVersion.objects.create(photo=row, token=old, reason="renew", original_name=row.original_name)
        else:
            transaction.on_commit(lambda: remove(old))
        row.save(update_fields=["token", "next_token", "formats", "needs_renditions"])
        touches.mark_moved(row, before)
    photo.refresh_from_db(fields=["token", "next_token", "formats", "needs_renditions"])
    return True


# What decides which pixels and words its renditions hold.
_PIXELS = ("original", "width", "height", "focal_x", "focal_y", "crops", "rotation")


def _stamp(photo: Photo) -> tuple:
    return *(getattr(photo, name) for name in _PIXELS), credentials.written(photo) | credentials.claimed(photo)


def desk_copies(photo: Photo) -> Iterator[tuple[str, File]]:
    """Name and content of each private rendition that has no public copy yet."""
    for name in names_in("desk", photo.token):
        if not storages["renditions"].exists(name):
            with storages["desk"].open(name) as content:
                yield name, content


def place(photo: Photo) -> None:
    """Renditions lie in the public folder while a live edition shows the photo and readers may see it, else with the
    desk. Whoever moves them looks again afterwards: the photo may have been withdrawn meanwhile, or moved back."""
    moved = None
    while moved != (moved := _standing(photo)):
        _place(photo, is_public=moved[0])


def _standing(photo: Photo) -> tuple[bool, str]:
    """Whether a photo is public just now, and its token."""
    photo.refresh_from_db(fields=["status", "token"])
    return photo.is_public, photo.token


def _place(photo: Photo, *, is_public: bool) -> None:
    here, there = ("renditions", "desk") if is_public else ("desk", "renditions")
    if here == "desk":  # what earlier versions showed goes too
        for token in photo.versions.filter(cleared_at=None).values_list("token", flat=True):
            for name in names_in("renditions", token):
                storages["renditions"].delete(name)
    for name in names_in(there, photo.token):
        with storages[there].open(name) as content:
            store(here, name, content)
        storages[there].delete(name)


def remove(token: str) -> None:
    """Delete the renditions of pixels that are no longer the photo's."""
    for storage_name in ("desk", "renditions"):
        for name in names_in(storage_name, token):
            storages[storage_name].delete(name)


def delete(originals: Iterable[str], tokens: Iterable[str]) -> None:
    """Delete the files of a photo that is no more."""
    for name in originals:
        storages["originals"].delete(name)
    for token in tokens:
        remove(token)


def names_in(storage_name: str, token: str) -> list[str]:
    """The names of the renditions under `token`, as the storage called `storage_name` knows them."""
    try:
        _folders, files = storages[storage_name].listdir(token)
    except FileNotFoundError:
        return []
    return [f"{token}/{name}" for name in files]


@task()
def place_photo(photo_id: int) -> None:
    for photo in Photo.objects.filter(pk=photo_id):
        place(photo)


@task()
def finish_photo(photo_id: int) -> None:
    """Make what is missing or stale, then put everything in its place. A page names a format only once it is there."""
    work(photo_id)


def work(photo_id: int) -> bool:
    """Make whatever of a photo's renditions is missing or stale, unless somebody is at it.

    Gives whether nothing is left to do. Raises what stood in the way (OSError, `imaging.intake.Refused`,
    `imaging.encode.Leak`); it is then tried again a while later.
    """
    claim = claims.claim(photo_id)
    if claim is None:
        return False

    def write(storage_name: str, name: str, content: bytes | File) -> str:
        claim.hold()
        return store(storage_name, name, content)

    try:
        for _time in range(TRIES):
            _make(Photo.objects.get(pk=photo_id), write)
            if claim.give_back(lambda row: not row.needs_renditions and not missing(row, planning.FORMATS)):
                return True
    except (claims.Lost, Photo.DoesNotExist):
        return False
    except BaseException:
        claim.rest()
        raise
    claim.rest()
    return False


def _make(photo: Photo, write: Writer) -> None:
    if photo.next_token:  # somebody died while making it anew
        remove(photo.next_token)
        Photo.objects.filter(pk=photo.pk).update(next_token="")
    if photo.needs_renditions:
        renew(photo, write=write)
        place(photo)
    encode(photo, planning.FORMATS, write=write)
    place(photo)
