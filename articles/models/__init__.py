"""Memory: the nouns of the newsroom, and questions about them. Verbs live in `articles.desk`."""

from .attachments import Attachment, Role
from .audit import AuditChain, AuditLine
from .captions import Caption
from .editing import Choice, Clash, Note, Save, Sitting
from .editions import Edition, EditionAuthor, EditionPhoto, EditionTag
from .photos import Photo, PhotoStatus, Rights
from .publication import Publication
from .revisions import Revision
from .sharing import ShareLink
from .stories import Byline, Kind, Related, Story, StoryTag
from .taxonomy import Author, AuthorWords, Section, SectionWords, Tag
from .uploads import Upload
from .withdrawals import Withdrawal
from .workflow import MOVES, Status

__all__ = [
    "MOVES",
    "Attachment",
    "AuditChain",
    "AuditLine",
    "Author",
    "AuthorWords",
    "Byline",
    "Caption",
    "Choice",
    "Clash",
    "Edition",
    "EditionAuthor",
    "EditionPhoto",
    "EditionTag",
    "Kind",
    "Note",
    "Photo",
    "PhotoStatus",
    "Publication",
    "Related",
    "Revision",
    "Rights",
    "Role",
    "Save",
    "Section",
    "SectionWords",
    "ShareLink",
    "Sitting",
    "Status",
    "Story",
    "StoryTag",
    "Tag",
    "Upload",
    "Withdrawal",
]
