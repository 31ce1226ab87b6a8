from feeds.shown import shown


def test_nothing_turns_the_text_round() -> None:
    """Embeddings, overrides and isolates are left out with controls; marks that act on their own place stay."""
    assert shown("a\u202eb\u2066c\u2069\x00d\u200ee\u00a0f") == "abcd\u200ee\u00a0f"
