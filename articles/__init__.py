"""The newsroom's one application. The folder is the floor, the file is the noun: see `docs/developers.md`."""
