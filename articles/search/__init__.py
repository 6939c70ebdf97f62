"""A mirror of editions and working copies, made for finding them. `engine` is asked, `index` keeps it true."""
