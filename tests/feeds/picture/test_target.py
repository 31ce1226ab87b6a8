from feeds.picture.target import Target

TARGET = Target(-16.0, 0.5, -1.0)


def test_the_edges_of_the_tolerance_belong_to_it() -> None:
    """Half a unit too loud or too quiet is right, a hair more is wrong."""
    assert TARGET.holds_loudness(-15.5)
    assert TARGET.holds_loudness(-16.5)
    assert not TARGET.holds_loudness(-15.49)
    assert not TARGET.holds_loudness(-16.51)


def test_a_peak_may_reach_the_limit() -> None:
    """Exactly as high is right, a hair higher is wrong."""
    assert TARGET.holds_peak(-1.0)
    assert not TARGET.holds_peak(-0.99)
