"""Light and dark: palettes, named colours, and icons in the colour of the text.

The theme follows the system unless one was chosen. Icons are SVG files with black strokes; they
are drawn in the theme's colours here, so there is one file for light and dark.
"""

import re
import sys
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from closedmesh.ui.colours import DARK, LIGHT

Choice = Literal["system", "light", "dark"]

WHOLE = 100
"""Percent: text as large as the system has it."""

SIZES = (16, 20, 22, 24, 32, 44, 48, 64, 128)
"""Pixels; what menus, buttons, panels and switchers ask for, also at twice the density."""

PICTURES = ("tick", "chevron-down", "chevron-up")
"""Of boxes that are checked or opened; a style sheet takes them only from a file of each theme."""

DISABLED_OPACITY = 0.38
"""Of an icon on a button that cannot be pressed."""

RIM = 24
"""The rim around a panel's icon is this part of its size, at least one pixel."""


class Theme(QObject):
    """Colours and icons by name. `choose` applies them to the application."""

    changed = Signal()
    """Colours differ now; icons must be asked for again."""

    def __init__(self, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.resources = resources
        """Folder of what is drawn and said."""
        self._icons_folder = resources / "icons"
        self._style_sheet = resources / "style.qss"
        self._choice: Choice = "system"
        self.text_percent = WHOLE
        """Of the system's size of text."""
        self._font = QApplication.font()
        self._dark = _system_is_dark()
        self._icons: dict[str, QIcon] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def dark(self) -> bool:
        """Whether the colours are the dark ones."""
        return self._dark

    @property
    def choice(self) -> Choice:
        """What was chosen last."""
        return self._choice

    def choose(self, choice: Choice, text_percent: int = WHOLE) -> None:
        """Take the system's colours, or always light or dark ones; and a size of text in percent
        of the system's."""
        self._choice = choice
        self.text_percent = text_percent
        self._apply(dark=_system_is_dark() if choice == "system" else choice == "dark")

    def colour(self, name: str) -> QColor:
        """A colour by its name in `colours`."""
        return QColor((DARK if self._dark else LIGHT)[name])

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """The icon of a file in `resources/icons`, in a colour of the theme."""
        key = f"{name}/{colour}"
        if key not in self._icons:
            self._icons[key] = self._draw(name, self.colour(colour))
        return self._icons[key]

    def panel_icon(self, name: str) -> QIcon:
        """An icon for the system's panel. Nobody tells us how dark a panel is, so the icon is
        light with a dark rim. On macOS it is a template that the system colours itself."""
        if sys.platform == "darwin":
            template = self._draw(name, QColor("black"))
            template.setIsMask(True)
            return template
        light = self._draw(name, QColor(DARK["text"]))
        return _rimmed(light, self._draw(name, QColor(LIGHT["text"])))

    def picture(self, name: str) -> QIcon:
        """A picture with colours of its own, like the application's icon."""
        return _icon(self._read(name))

    def _follow(self) -> None:
        if self._choice == "system":
            self._apply(dark=_system_is_dark())

    def _apply(self, *, dark: bool) -> None:
        self._dark = dark
        self._icons.clear()
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            application.setStyle("Fusion")
            application.setPalette(self._palette())
            application.setFont(self._scaled_font())
            application.setStyleSheet(self._styles())
        self.changed.emit()

    def _styles(self) -> str:
        """The style sheet with `@name` replaced by pictures, and by colours, longest names
        first."""
        text = self._style_sheet.read_text("utf-8")
        for name in PICTURES:
            file = self._icons_folder / f"{name}-{'dark' if self._dark else 'light'}.svg"
            text = text.replace(f"@{name}", f'url("{file.as_posix()}")')
        for name in sorted(LIGHT, key=len, reverse=True):
            text = text.replace(f"@{name}", self.colour(name).name())
        return re.sub(r"(?<=font-size: )[\d.]+(?=pt)", self._scaled, text)

    def _scaled(self, found: re.Match[str]) -> str:
        return f"{float(found[0]) * self.text_percent / WHOLE:.1f}"

    def _scaled_font(self) -> QFont:
        font = QFont(self._font)
        if self._font.pointSizeF() > 0:
            font.setPointSizeF(self._font.pointSizeF() * self.text_percent / WHOLE)
        else:
            font.setPixelSize(round(self._font.pixelSize() * self.text_percent / WHOLE))
        return font

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in _TEXT_ROLES:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return palette

    def _read(self, name: str) -> bytes:
        return (self._icons_folder / f"{name}.svg").read_bytes()

    def _draw(self, name: str, colour: QColor) -> QIcon:
        return _icon(self._read(name).replace(b"#000", colour.name().encode()))


def _icon(svg: bytes) -> QIcon:
    renderer = QSvgRenderer(QByteArray(svg))
    icon = QIcon()
    for size in SIZES:
        pixmap = partial(_pixmap, renderer, size)
        icon.addPixmap(pixmap(1.0), QIcon.Mode.Normal)
        icon.addPixmap(pixmap(DISABLED_OPACITY), QIcon.Mode.Disabled)
    return icon


def _pixmap(renderer: QSvgRenderer, size: int, opacity: float) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _rimmed(icon: QIcon, rim: QIcon) -> QIcon:
    """The icon with the other one showing around its edges."""
    made = QIcon()
    for size in SIZES:
        width = max(1.0, size / RIM)
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for x, y in _AROUND:
            painter.drawPixmap(QPointF(x * width, y * width), rim.pixmap(size, size))
        painter.drawPixmap(0, 0, icon.pixmap(size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made


_AROUND = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0)]


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "accent-text",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accent-text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "border",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border",
    QPalette.ColorRole.Shadow: "shadow",
}

_TEXT_ROLES = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)
