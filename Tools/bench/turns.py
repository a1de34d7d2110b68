"""Lets a peer take turns with the program it is compared with, so that a drifting machine does not decide.

After getting ready the peer prints one JSON line. Then, for each line it reads, it does its work once and prints
`{"seconds": s}`; it ends where its input ends. `Benchmarks/Sources/bench/Contest` is the other side.
"""

import json
import sys
import time


def take_turns(variants, **about) -> None:
    """Takes turns with the fastest of `variants`, pairs of a name and a function that prepares a step and returns it."""
    timings = {}
    for name, prepare in variants:
        step = prepare()
        step()
        timings[name] = timed(step)
    fastest = min(timings, key=timings.get)
    step = dict(variants)[fastest]()
    step()
    print(json.dumps({"ready": fastest, **about}), flush=True)
    for _ in sys.stdin:
        print(json.dumps({"seconds": timed(step)}), flush=True)


def timed(step) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started
