"""The breaker opens with a failure and lets one caller try after its pause."""

import threading

from search.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_with_a_failure_and_closes_when_it_works_again():
    clock = Clock()
    breaker = Breaker(10, clock)
    assert breaker.may_ask()
    breaker.failed()
    assert breaker.is_open
    assert not breaker.may_ask()
    clock.now += 9.9
    assert not breaker.may_ask()
    clock.now += 0.2
    assert breaker.may_ask()
    breaker.worked()
    assert not breaker.is_open
    assert all(breaker.may_ask() for _again in range(3))


def test_after_the_pause_one_tries_and_the_others_wait_for_it():
    clock = Clock()
    breaker = Breaker(10, clock)
    breaker.failed()
    clock.now += 11
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(breaker.may_ask())) for _one in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(True) == 1
    breaker.failed()
    assert not breaker.may_ask()


def test_who_tried_and_died_closes_it_for_nobody():
    clock = Clock()
    breaker = Breaker(10, clock)
    breaker.failed()
    clock.now += 11
    assert breaker.may_ask()
    clock.now += 11
    assert breaker.may_ask()
