"""How long one routing decision takes among 1,000 and 10,000 replicas."""

import hashlib
import random
import statistics
import time

from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.routing import Chance, Figures, Replicas, Wish

NOW = 1_780_000_000.0
LIMITS_US = {1_000: 50.0, 10_000: 500.0}


def table(count: int) -> Replicas:
    """Replicas of all speeds, half of them measured."""
    chance = random.Random(count)
    replicas = Replicas()
    for number in range(count):
        node = NodeId(hashlib.sha256(str(number).encode()).hexdigest())
        replicas.put(
            node,
            Figures(
                context=chance.choice([4096, 8192, 32768]),
                fresh_until=NOW + 60,
                closed_until=NOW + 5 if chance.random() < 0.05 else 0.0,
                round_trip_ms=chance.uniform(1, 200),
                first_ms=chance.uniform(20, 2000),
                excess_ms=chance.uniform(0, 500),
                trouble_ms=0.0,
                excess_at=NOW - chance.uniform(0, 30),
                pace_ms=chance.uniform(8, 200),
                measured=number % 2,
            ),
        )
    return replicas


def main() -> None:
    """Print the median and the 95th percentile of 2,000 decisions each."""
    chance = random.Random(1)
    for count, limit in LIMITS_US.items():
        replicas = table(count)
        samples = []
        for number in range(2_000):
            wish = Wish(500, 200, 60_000.0, conversation=b"c%d" % number)
            draws = Chance(chance.random(), chance.random(), chance.random())
            start = time.perf_counter()
            replicas.choose(wish, NOW, draws)
            samples.append((time.perf_counter() - start) * 1e6)
        middle = statistics.median(samples)
        late = statistics.quantiles(samples, n=20)[-1]
        verdict = "ok" if middle <= limit else "TOO SLOW"
        print(f"{count:6} replicas: median {middle:6.1f} us, p95 {late:6.1f} us, {verdict}")


if __name__ == "__main__":
    main()
