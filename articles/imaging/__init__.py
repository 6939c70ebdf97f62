"""Pixels: what a picture file is, what it says of itself, and how it is cut, shrunk and served. Knows no database."""
