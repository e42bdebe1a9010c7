from closedmesh.ui.day_strip import DayStrip
from closedmesh.ui.sharing_view import Segment


def test_each_part_tells_its_times(qtbot, theme):
    strip = DayStrip(theme)
    qtbot.addWidget(strip)
    strip.display((Segment(0.25, 0.5, "shared", "one"), Segment(0.5, 1.0, "held", "two")))
    assert [strip.words_at(share) for share in (0.05, 0.3, 0.75)] == ["", "one", "two"]
    assert strip.accessibleDescription() == "one; two"


def test_kinds_differ_by_more_than_colour(qtbot, theme):
    strip = DayStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(400, strip.height())
    kinds = ("shared", "held", "paused", "off")
    strip.display(tuple(Segment(n / 4, (n + 1) / 4, k, k) for n, k in enumerate(kinds)))
    image = strip.grab().toImage()

    def ink(part):
        left = int(part * 100) + 10
        dots = {(x, y): image.pixel(x, y) for x in range(left, left + 60) for y in range(23)}
        background = image.pixel(left, 0) if part else None
        return frozenset(place for place, dot in dots.items() if dot != background)

    assert len({len(ink(part)) for part in range(4)}) == 4
