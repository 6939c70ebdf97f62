"""The readers' door: each view finds, asks and answers. Nothing here reads a cookie or a session, or writes."""
