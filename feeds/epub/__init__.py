"""An issue as an EPUB 3 that speaks: each article with a media overlay, sentence by sentence or word by word."""
