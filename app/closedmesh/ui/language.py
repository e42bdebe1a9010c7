"""The language of the window: which there are, and how one is chosen.

A language is a file `resources/words/<code>.ts`; English is what the source says. "system" takes
the first language that the person's system names and that there is, and the system's own way of
writing numbers and times either way.
"""

import logging
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from closedmesh.ui import words
from closedmesh.ui.catalogue import Catalogue

SYSTEM = "system"
ENGLISH = "en"

logger = logging.getLogger(__name__)


class Language(QObject):
    """Chooses words, numbers and the direction of reading for the whole program."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._of_qt = QTranslator(self)
        self.chosen = ""
        """The code of the language that is spoken, empty before `choose`."""

    def speaks(self, choice: str) -> bool:
        """Whether the language of a setting is the one that is spoken."""
        return self._code(choice) == self.chosen

    def choose(self, choice: str) -> bool:
        """Speak the language of a setting from now on; whether it is another one than before.
        What is shown already stays as it is."""
        code = self._code(choice)
        if code == self.chosen:
            return False
        self.chosen = code
        locale = _locale(code)
        words.choose(self._read(code), locale)
        QLocale.setDefault(locale)
        self._translate_qt(locale)
        QApplication.setLayoutDirection(locale.textDirection())
        return True

    def _code(self, choice: str) -> str:
        there = {ENGLISH, *(file.stem for file in self._folder.glob("*.ts"))}
        wanted = QLocale.system().uiLanguages() if choice == SYSTEM else [choice]
        return next((w.split("-")[0] for w in wanted if w.split("-")[0] in there), ENGLISH)

    def _read(self, code: str) -> Catalogue:
        file = self._folder / f"{code}.ts"
        if code == ENGLISH and not file.exists():
            return Catalogue()
        try:
            return Catalogue.read(file)
        except (OSError, ElementTree.ParseError):
            logger.exception("The words of %s cannot be read", code)
            return Catalogue()

    def _translate_qt(self, locale: QLocale) -> None:
        """Qt's own words: menus of text fields, buttons of dialogs."""
        QApplication.removeTranslator(self._of_qt)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._of_qt.load(locale, "qtbase", "_", place):
            QApplication.installTranslator(self._of_qt)


def _locale(code: str) -> QLocale:
    """The system's where it speaks that language, else that language as it is written there."""
    system = QLocale.system()
    language = QLocale(code).language()
    if system.language() == language:
        return system
    if system.language() == QLocale.Language.C:
        return words.SOURCE if code == ENGLISH else QLocale(code)
    return QLocale(language, system.territory())
