"""What is searched: live editions and working copies as folded words, and the words and names there are.

The databases build their own indexes over `told` (`articles/migrations/0002_search_index.py`): whoever writes a row has
indexed it. How words are folded, `articles.search.folding` knows.
"""

from django.db import models

from .editions import Edition
from .stories import Story

LONGEST = 80  # letters of a word; `articles.search.folding` keeps no more


class SearchEntry(models.Model):
    """A live edition as readers find it. `key` is its place in time (see `articles.search.keys`), newest highest.

    `run` says among the words of which reindexing its words are counted.
    """

    key = models.BigIntegerField(primary_key=True)
    story = models.OneToOneField(Story, models.CASCADE, related_name="+")
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="+")
    told = models.TextField()
    run = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.told


class DeskEntry(models.Model):
    """A working copy as the newsroom finds it."""

    story = models.OneToOneField(Story, models.CASCADE, primary_key=True, related_name="+")
    told = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.told


class Spelled(models.Model):
    """A folded word, how it is written, and what a word that is nearly it has in common with it."""

    word = models.CharField(max_length=LONGEST)
    stem = models.CharField(max_length=LONGEST)
    shown = models.CharField(max_length=LONGEST)
    length = models.PositiveSmallIntegerField()
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)

    class Meta:
        abstract = True

    def __str__(self):
        return self.shown


class SearchWord(Spelled):
    """A word of live editions, or a mark they bear, and how many of them hold it: anywhere, high up, in the headline.

    While everything is indexed anew there are rows of two runs; a word's numbers are those of both together.
    """

    run = models.PositiveIntegerField(default=0)
    documents = models.IntegerField(default=0)
    leads = models.IntegerField(default=0)
    headlines = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["word", "run"], name="search_word_once_a_run")]
        indexes = [
            models.Index(fields=["stem"], name="search_word_stem"),
            models.Index(fields=["head", "length", "-documents"], name="search_word_head"),
            models.Index(fields=["tail", "length", "-documents"], name="search_word_tail"),
        ]


class SearchName(Spelled):
    """A word of the name of an author or a tag. `mark` is what their editions bear; `told` the whole name, folded."""

    mark = models.CharField(max_length=30)
    told = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["mark", "word"], name="search_name_once_a_word")]
        indexes = [
            models.Index(fields=["word"], name="search_name_word"),
            models.Index(fields=["stem"], name="search_name_stem"),
            models.Index(fields=["head", "length"], name="search_name_head"),
            models.Index(fields=["tail", "length"], name="search_name_tail"),
        ]


class SearchState(models.Model):
    """One row: the number of the last reindexing."""

    run = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.run)
