from closedmesh.mesh.allowances import Allowances


def test_everybody_has_an_allowance_of_their_own():
    many = Allowances(rate=1.0, burst=2.0, limit=10)

    assert [many.try_use("a", 0.0) for _ in range(3)] == [True, True, False]
    assert many.try_use("b", 0.0)
    assert many.try_use("a", 1.0)


def test_whoever_was_not_seen_for_longest_is_forgotten():
    many = Allowances(rate=0.001, burst=1.0, limit=3)
    for key in "abcad":
        many.try_use(key, 0.0)

    assert len(many) == 3
    assert not many.try_use("a", 0.0)
    assert many.try_use("b", 0.0)
