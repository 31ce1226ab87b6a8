"""Foreign files to canonical Markdown: one file per format, each a function from a source to drafts.

A draft is what a file says (articles/importers/draft.py); settling a draft decides its languages and gives the value
`Imported`, with notes on what was recognised; placing it (articles/importers/place.py) writes the file, once.
Nothing here opens a connection, runs a script or expands an entity.
"""
