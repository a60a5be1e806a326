"""The order of results: relevance in bands, inside a band who answers now, then urgency."""

from search.metrics import Answer, means
from search.scorer import Hit, ordered


def hit(name: str, score: float, *, rank: int = 2, violent: bool = False, audience=()) -> Hit:
    return Hit(name, score, score, 0.0, rank, violent, frozenset(audience))


def names(hits: list[Hit]) -> list[str]:
    return [one.identity for one in hits]


def test_inside_a_band_who_answers_now_comes_first_then_the_more_urgent():
    found = [hit("a", 1.0, rank=3), hit("b", 0.98, rank=1), hit("c", 0.97, rank=2)]
    assert names(ordered(found, set())) == ["b", "c", "a"]
    assert names(ordered(found, {"a"})) == ["a", "b", "c"]


def test_a_lower_band_stays_below_whoever_answers():
    found = [hit("fits", 1.0, rank=9), hit("hardly", 0.4, rank=0)]
    assert names(ordered(found, {"hardly"})) == ["fits", "hardly"]


def test_help_for_those_who_hurt_stands_last_unless_it_is_asked_for():
    found = [hit("programme", 1.0, rank=0, violent=True), hit("hotline", 0.3, rank=1)]
    assert names(ordered(found, {"programme"})) == ["hotline", "programme"]
    assert names(ordered(found, set(), change=True)) == ["programme", "hotline"]


def test_who_wants_to_stop_hurting_others_is_not_shown_what_is_for_the_hurt():
    found = [
        hit("shelter", 1.0, audience=["women", "children"]),
        hit("programme", 0.9, violent=True, audience=["relatives"]),
        hit("crisis line", 0.8, audience=["anyone", "women"]),
        hit("unnamed", 0.78),
        hit("advice", 0.77, audience=["violent", "men"]),
    ]
    shown = names(ordered(found, set(), change=True))
    assert sorted(shown) == ["advice", "crisis line", "programme", "unnamed"]
    assert sorted(names(ordered(found, set()))) == sorted(names(found))


def test_a_weak_hit_is_not_noise_because_of_a_programme_for_those_who_hurt():
    found = [hit("programme", 1.0, violent=True), hit("hotline", 0.05)]
    assert names(ordered(found, set())) == ["hotline", "programme"]


def test_equal_hits_have_one_order_whatever_order_they_are_found_in():
    found = [hit(name, 1.0) for name in "dbca"]
    assert names(ordered(found, set())) == names(ordered(found[::-1], set())) == list("abcd")


def answer(ranked: list[str]) -> Answer:
    return Answer("q", "lv", "A", ranked, False, {"best": 3, "good": 2, "harm": -1})


def test_the_figures_of_a_perfect_and_of_a_harmful_order():
    perfect = answer(["best", "good"]).figures()
    assert perfect["ndcg@10"] == perfect["mrr"] == perfect["success@3"] == perfect["recall@20"] == 1
    assert perfect["harm@5"] == 0
    bad = answer(["harm", "x", "y", "best"]).figures()
    assert bad["harm@5"] == 1
    assert bad["mrr"] == 0.25
    assert bad["success@3"] == 0
    assert bad["recall@20"] == 0.5
    assert 0 < bad["ndcg@10"] < 0.5
    assert answer([]).figures()["zero"] == 1


def test_means_count_what_harms():
    found = means([answer(["harm"]), answer(["harm", "best"]), answer(["best"])])
    assert found["harm@5"] == 2
    assert round(found["mrr"], 3) == 0.5
