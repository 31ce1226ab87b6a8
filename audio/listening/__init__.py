"""What a finished episode says to somebody who does not know the text: a recogniser's hearing, held against it.

The recogniser comes with the extra `vivavoce[listen]`, its model with `fetch_model`; nothing else here needs either.
"""
