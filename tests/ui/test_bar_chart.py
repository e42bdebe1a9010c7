from datetime import date

from PySide6.QtGui import QColor, QImage

from closedmesh.models.energy import Kind
from closedmesh.trust.credits import Day
from closedmesh.ui.activity_view import DAYS, charts
from closedmesh.ui.bar_chart import PLOT, BarChart, FillKey
from closedmesh.ui.drawing import LINE

TODAY = date(2026, 3, 2)


def chart_of(*days):
    return charts(days, TODAY, Kind.MEASURED)[0]


def shown(qtbot, theme, chart):
    widget = BarChart(theme)
    qtbot.addWidget(widget)
    widget.resize(600, widget.height())
    widget.display(chart)
    return widget


def painted(widget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    widget.render(image)
    return image


def column(image, place):
    """The colours of a bar's middle, from top to bottom."""
    x = int((place + 0.5) * image.width() / DAYS)
    return [image.pixelColor(x, y).name() for y in range(LINE, LINE + PLOT)]


def test_a_day_of_twice_the_credits_is_twice_as_high(qtbot, theme):
    image = painted(shown(qtbot, theme, chart_of(Day("2026-03-02", 4000), Day("2026-03-01", 2000))))
    accent = BarChart(theme).palette().highlight().color().name()
    today, before = (column(image, place).count(accent) for place in (DAYS - 1, DAYS - 2))
    assert today > 70
    assert abs(today - 2 * before) <= 3
    assert accent not in column(image, DAYS - 3)


def test_pending_and_spent_look_different_from_settled(qtbot, theme):
    days = (Day("2026-03-02", 4000, pending_earned=4000), Day("2026-03-01", 0, 4000),
            Day("2026-02-28", 4000))  # fmt: skip
    image = painted(shown(qtbot, theme, chart_of(*days)))
    pending, spent, settled = (set(column(image, DAYS - place)) for place in (1, 2, 3))
    assert pending != settled
    assert not settled & spent - {"#ffffff"} or settled != spent


def test_each_day_tells_itself_and_the_whole_has_words(qtbot, theme):
    widget = shown(qtbot, theme, chart_of(Day("2026-03-02", 1000)))
    assert widget.words_at(0.999) == "2 March 2026: 1 credit earned, 0 credits spent"
    assert widget.words_at(1.5) == ""
    assert widget.accessibleName() == "Credits a day (not money)"
    assert widget.accessibleDescription().startswith("2 March 2026: 1 credit earned")


def test_without_anything_it_says_so(qtbot, theme):
    widget = shown(qtbot, theme, chart_of())
    painted(widget)
    assert widget.accessibleDescription() == "Nothing in these days."


def test_before_anything_is_known_it_is_empty(qtbot, theme):
    widget = BarChart(theme)
    qtbot.addWidget(widget)
    painted(widget)
    assert widget.words_at(0.1) == ""


def test_the_legend_has_a_sample_of_each_fill(qtbot):
    images = []
    for fill in ("settled", "pending", "spent"):
        key = FillKey(fill)
        qtbot.addWidget(key)
        images.append(painted(key))
    assert images[0] != images[1] != images[2]
