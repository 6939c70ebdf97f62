"""The bench: figures for `make bench`, measured here and now, as medians and ratios to a yardstick of the same run."""
