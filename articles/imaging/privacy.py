"""What may be written into a picture that is served, and the proof that nothing else is in it.

The allow-list: the pixels, our own sRGB profile, and, as the picture's policy permits, the credit line, the copyright
notice and the creator.
"""

from articles.imaging.leaks import leaks
from articles.imaging.stamp import Policy, permitted, stamp

__all__ = ["Policy", "leaks", "permitted", "stamp"]
