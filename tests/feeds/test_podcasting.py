from feeds.podcasting import podcast_guid


def test_a_podcast_guid_is_the_one_the_namespace_prescribes() -> None:
    """The example of the Podcast Namespace's own specification comes out, whatever the scheme and final
    slashes.
    """
    for url in ("https://mp3s.nashownotes.com/pc20rss.xml", "http://mp3s.nashownotes.com/pc20rss.xml//"):
        assert podcast_guid(url) == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
