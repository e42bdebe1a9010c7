"""First-token times, spread of load and the reach of lies in a simulated mesh of 20 peers."""

from statistics import median

from tests.support.mesh_simulator import (
    Mesh,
    Peer,
    Route,
    boasting,
    least_loaded,
    round_robin,
    routed,
    uneven_peers,
)

SEEDS = (7, 107, 207)


def compare(rate: float, name: str, route: Route) -> None:
    """Print what one way of choosing does with the same arrivals as the others."""
    halves, tails, lost, lied, sent = [], [], 0, 0, 0
    for seed in SEEDS:
        peers = uneven_peers()
        outcome = Mesh(peers, askers=8, seed=seed, stale=2.0).run(route, 4_000, per_second=rate)
        named = {peer.name: outcome.sent[peer.node] for peer in peers}
        halves.append(outcome.p50)
        tails.append(outcome.p95)
        lost, lied = lost + named["black hole"], lied + named["liar"]
        sent += outcome.sent.total()
    print(
        f"{rate:4} a second, {name:12} first token p50 {median(halves):7.0f} ms  "
        f"p95 {median(tails):7.0f} ms ({min(tails):.0f} to {max(tails):.0f})  "
        f"to the black hole {lost}, to the liar {lied} of {sent}",
        flush=True,
    )


def main() -> None:
    """Print our router beside two simple ways, then equal peers, then a peer that boasts."""
    for rate in (1.5, 8.0):
        for name, route in (
            ("routed", routed),
            ("least loaded", least_loaded),
            ("round robin", round_robin),
        ):
            compare(rate, name, route)
    equal = [Peer(f"equal {n}", 40.0, 2) for n in range(20)]
    outcome = Mesh(equal, askers=8, seed=3, stale=2.0).run(routed, 4_000, per_second=7.0)
    loads = [outcome.sent[peer.node] for peer in equal]
    print(f"equal peers  max/mean load {max(loads) * len(loads) / sum(loads):.2f}")
    for times in (1.0, 10.0):
        equal = [Peer(f"equal {n}", 40.0, 2) for n in range(20)]
        equal[4] = boasting(equal[4], times)
        outcome = Mesh(equal, askers=8, seed=3, stale=2.0).run(routed, 4_000, per_second=7.0)
        share = outcome.sent[equal[4].node] / outcome.sent.total()
        print(f"a peer that claims {times:.0f} times its speed gets {share:.1%} of all questions")


if __name__ == "__main__":
    main()
