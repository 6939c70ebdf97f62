"""Why a verb was refused. Each error's text is the sentence the editor reads."""

from collections.abc import Sequence


class Refused(ValueError):
    """A verb was refused; nothing was changed."""


class NotAllowed(Refused):
    """This person may not do this, or not now."""


class Overtaken(Refused):
    """Somebody else saved first: the version this change began from is no longer the story's."""


class Settled(Refused):
    """A clash was settled in another way meanwhile."""


class NotReady(Refused):
    """The gates are not passed. `lacks` are the things missing, each with its place and its sentence."""

    def __init__(self, lacks: Sequence):
        self.lacks = list(lacks)
        super().__init__(" ".join(str(lack) for lack in self.lacks))
