from tests.voices.cluster.processes import TONE, order, sentences
from voices.catalogue import Engine
from voices.cluster.batches import ENOUGH_S, Batches, speech_s
from voices.load import LoadableVoice


def test_a_batch_is_ten_seconds_of_one_voice() -> None:
    """All but a voice's last hold at least ten seconds, and none holds one sentence more than it needs."""
    other = LoadableVoice("other", "fr", Engine.TONE, (), "1" * 64)
    orders = [order(f"{'a' * (20 + n % 70)} {n}", (TONE, other)[n // 7 % 2]) for n in range(200)]
    batches, found = Batches(orders), []
    while taken := batches.take():
        found.append(taken[0])
    assert sorted(each.key for batch in found for each in batch) == sorted(each.key for each in orders)
    assert all(len({each.voice for each in batch}) == 1 for batch in found)
    lengths = [sum(map(speech_s, batch)) for batch in found]
    assert sum(length < ENOUGH_S for length in lengths) <= 2
    assert all(sum(map(speech_s, batch[:-1])) < ENOUGH_S for batch in found)


def test_what_is_urgent_goes_first_and_each_key_once() -> None:
    """Urgent orders stand before all others in their order; a key that came before does not come again."""
    batches = Batches([*sentences(9), *sentences(9)])
    first = batches.take()
    assert first
    assert not first[1]
    batches.urge([order("again"), *sentences(2), order("and again")])
    assert batches.take() == ((order("again"), order("and again")), True)
    rest = []
    while taken := batches.take():
        rest += taken[0]
    assert [*first[0], *rest] == sentences(9)
