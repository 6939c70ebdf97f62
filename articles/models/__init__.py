"""Memory: the nouns of the newsroom, and questions about them. Verbs live in `articles.desk`."""

from .attachments import Attachment, Role
from .audit import AuditChain, AuditLine
from .batches import Batch, CaptionTemplate
from .captions import Caption
from .collections import Collection, CollectionPhoto
from .corrections import Correction
from .editing import Choice, Clash, Note, Save, Sitting
from .editions import Edition, EditionAuthor, EditionPhoto, EditionTag
from .likenesses import Likeness
from .pages import Page, PageKey, PressState, Touch
from .photo_versions import PhotoVersion
from .photos import Photo, PhotoStatus, PhotoWords
from .publication import Publication
from .purges import Purge
from .redirects import DeadEnd, Redirect
from .revisions import Revision
from .rights import Policy, Rights, Sensitivity
from .search import DeskEntry, SearchEntry, SearchName, SearchState, SearchWord
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
    "Batch",
    "Byline",
    "Caption",
    "CaptionTemplate",
    "Choice",
    "Clash",
    "Collection",
    "CollectionPhoto",
    "Correction",
    "DeadEnd",
    "DeskEntry",
    "Edition",
    "EditionAuthor",
    "EditionPhoto",
    "EditionTag",
    "Kind",
    "Likeness",
    "Note",
    "Page",
    "PageKey",
    "Photo",
    "PhotoStatus",
    "PhotoVersion",
    "PhotoWords",
    "Policy",
    "PressState",
    "Publication",
    "Purge",
    "Redirect",
    "Related",
    "Revision",
    "Rights",
    "Role",
    "Save",
    "SearchEntry",
    "SearchName",
    "SearchState",
    "SearchWord",
    "Section",
    "SectionWords",
    "Sensitivity",
    "ShareLink",
    "Sitting",
    "Status",
    "Story",
    "StoryTag",
    "Tag",
    "Touch",
    "Upload",
    "Withdrawal",
]
