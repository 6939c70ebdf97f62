"""Where a working copy stands, and the moves that are allowed: a table that buttons, checks and tests loop over."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where the working copy stands. What readers see is said by `Story.live_edition` alone."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# (from, to): the permission it takes.
MOVES = {
    (Status.DRAFT, Status.REVIEW): "articles.submit_story",
    (Status.REVIEW, Status.DRAFT): "articles.return_story",
    (Status.DRAFT, Status.PUBLISHED): "articles.publish_story",
    (Status.REVIEW, Status.PUBLISHED): "articles.publish_story",
    (Status.WITHDRAWN, Status.PUBLISHED): "articles.publish_story",
    (Status.DRAFT, Status.WITHDRAWN): "articles.withdraw_story",
    (Status.REVIEW, Status.WITHDRAWN): "articles.withdraw_story",
    (Status.PUBLISHED, Status.WITHDRAWN): "articles.withdraw_story",
    (Status.WITHDRAWN, Status.DRAFT): "articles.change_story",
}
