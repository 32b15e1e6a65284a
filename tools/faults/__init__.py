"""The fault corpus: files that go wrong in every way known, each with what must become of it.

`python -m tools faults FOLDER` writes them to FOLDER/files, and FOLDER/expected.csv beside them;
`govtext build FOLDER/files --out FOLDER/tables` reads them, and `python -m tools faults FOLDER`
again says which did not end as expected.
"""
