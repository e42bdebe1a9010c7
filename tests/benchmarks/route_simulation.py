"""First-token times, spread of load and the reach of lies in a simulated mesh of 20 peers."""

from tests.support.mesh_simulator import Mesh, Peer, boasting, round_robin, routed, uneven_peers


def main() -> None:
    """Print our router beside round robin, then equal peers, then a peer that boasts."""
    for rate, name, route in (
        (1.5, "round robin", round_robin),
        (1.5, "routed", routed),
        (8.0, "routed", routed),
    ):
        peers = uneven_peers()
        outcome = Mesh(peers, askers=8, seed=7, stale=2.0).run(route, 4_000, per_second=rate)
        names = {peer.node: peer.name for peer in peers}
        lost = sum(n for node, n in outcome.sent.items() if names[node] == "black hole")
        liar = sum(n for node, n in outcome.sent.items() if names[node] == "liar")
        print(
            f"{rate:4} a second, {name:12} first token p50 {outcome.p50:7.0f} ms  "
            f"p95 {outcome.p95:7.0f} ms  to the black hole {lost}, to the liar {liar} "
            f"of {outcome.sent.total()}"
        )
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
