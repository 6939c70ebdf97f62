"""The read API under /api/v1/: published stories and pictures as JSON, for partners' programs. It only reads."""
