"""Where the verbs meet: one file (`assemble`), a folder of files (`build`), and the tables."""
