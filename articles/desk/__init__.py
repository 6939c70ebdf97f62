"""Verbs: every write that has a rule. Each runs inside `changing()`."""
