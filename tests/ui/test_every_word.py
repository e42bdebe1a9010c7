"""Every word of the window can be said in another language: in one that marks what it says, no
word of any page stands without a mark, and no text in the source is written beside `words`."""

import ast
import re

import pytest
from msgspec import structs

from closedmesh.errors import NotRunning
from closedmesh.models.conversations import ChatOptions
from closedmesh.models.duty import Action, Reason
from closedmesh.models.energy import Kind
from closedmesh.settings import changed
from closedmesh.status import DownloadState, Energy, Health, ModelState, Severity, Sharing, State
from closedmesh.ui import words
from closedmesh.ui.chat.parameters import Parameters
from closedmesh.ui.invite_dialog import InviteDialog
from closedmesh.ui.tray import Tray
from closedmesh.ui.tray_view import tray_view
from tests.support.control import AT_THE_ENTRY, DOWNLOAD, MEMBER, MODEL, STATUS
from tests.support.marked import marked, texts, unmarked
from tests.test_architecture import ROOT
from tests.ui.test_accessible import views
from tests.ui.test_welcome_view import LARGE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HARD = structs.replace(
    MEMBER,
    state=State.HELD,
    health=(
        Health("x", Severity.ERROR, "The keychain is locked or did not answer.", "Try again."),
        Health("y", Severity.WARNING, "This invite to Example has expired.", "Ask for a new one."),
    ),
    models=(
        structs.replace(
            MODEL, state=ModelState.HELD_BACK, problem="The file cannot be read.", last_used=1e9
        ),
    ),
    downloads=(
        structs.replace(
            DOWNLOAD,
            state=DownloadState.FETCHING,
            landed=10**9,
            rate=1e6,
            seconds_left=4000.0,
            problem="No data for 30 s",
        ),
        structs.replace(DOWNLOAD, id="d2", state=DownloadState.FAILED, problem="It failed: x."),
    ),
    sharing=Sharing(
        reason=Reason.IN_USE,
        text="You use this computer; it is shared after 5 minutes without you.",
        action=Action.SHARE_ANYWAY,
        until=1.8e9,
        blocking=(Reason.IN_USE,),
    ),
    energy=Energy(
        watts=42.0,
        kind=Kind.ESTIMATED,
        source="CPU package (from its load)",
        idle_watts=12.0,
        answering_watts=87.0,
        today_wh=120.0,
        today_cost=0.5,
    ),
    settings=changed(
        MEMBER.settings,
        {"sharing.share": True, "sharing.idle_minutes": 5.0, "sharing.hours": ["mon 1:00-2:00"]},
    ),
)
"""Much is going on and going wrong at once."""

STATUSES = {"alone": STATUS, "member": MEMBER, "entry": AT_THE_ENTRY, "hard": HARD}

DATA = re.compile(
    r"ClosedMesh|SmolLM2 135M Instruct|Qwen3\.5 4B|smollm2-135m-instruct-q4_1|Apache-2\.0|Q4_\w+|"
    r"other-7b-\w+|Example|Large|SHA-256|OpenAI|https?://[\w.:/]+|/home/me/\S*|Hugging Face|"
    r"\w*\d\w*|Deutsch|English|llama\.cpp|mon|closedmesh\S*|"
    r"Processor|Ctrl\+\w+|\b[A-Z]\b|Scroll (Left|Right)"
)
"""What is no word of the window: names, and what a person or a model wrote."""


def left(root):
    """Words without a mark."""
    found = {(place, text) for place, text in texts(root) if text}
    rest = {(place, DATA.sub("", _plain(unmarked(text)))) for place, text in found}
    return sorted({(place, text) for place, text in rest if re.search(r"[^\W\d_]{2}", text)})


def _plain(text):
    return re.sub(r"</?\w+/?>", "", text)


@pytest.fixture(autouse=True)
def foreign(english):
    words.choose(marked(), words.SOURCE)


@pytest.fixture(params=STATUSES.values(), ids=STATUSES)
def window(open_window, control, request):
    control.offers = (LARGE,)
    return open_window(request.param)


def test_every_word_of_every_page_is_translated(window):
    for view in views(window):
        assert not left(window), view


def test_what_is_said_without_a_peer_is_translated(window):
    window.display_lost(NotRunning("No peer runs in this home folder.", "Start it again."))
    assert not left(window)
    window.display_starting()
    assert not left(window)


@pytest.mark.parametrize("status", [None, *STATUSES.values()])
def test_every_word_of_the_tray_is_translated(theme, status):
    tray = Tray(theme)
    tray.display(tray_view(status))
    tray._timer.stop()
    tray._update()
    assert not left(tray.menu)
    view = tray_view(status)
    assert not DATA.sub("", unmarked(view.tooltip)).strip(" :·≈€")


def test_every_word_of_the_dialogs_is_translated(bridge, qtbot):
    for dialog in (Parameters(ChatOptions()), InviteDialog(bridge)):
        qtbot.addWidget(dialog)
        dialog.show()
        buttons = {"OK", "Cancel", ""}  # Qt's own, which its own list translates
        assert not [(p, t) for p, t in left(dialog) if t.strip("&") not in buttons]


# In the source

UI = sorted((ROOT / "app" / "closedmesh" / "ui").rglob("*.py"))

SHOWN_BY = {
    "label", "button", "ThemedButton", "setText", "setToolTip", "setAccessibleName",
    "setAccessibleDescription", "setPlaceholderText", "addAction", "addMenu", "addTab", "scrolled",
    "QCheckBox", "QRadioButton", "QPushButton", "QLabel", "addItem", "addRow", "setTitle",
    "ClosedMeshError", "setSuffix", "setPrefix", "setSpecialValueText", "showMessage",
}  # fmt: skip
"""Calls that put words before a person, whose texts may be one word only."""

NO_WORDS = {
    "setProperty", "property", "ValueError", "AssertionError", "NewType", "compile", "sub", "icon",
    "tr", "plural", "said", "debug", "info", "warning", "error", "exception", "getattr", "match",
    "fullmatch", "search", "QKeySequence", "split", "join", "mark", "Thread", "encode", "noqa",
}  # fmt: skip
"""Calls whose texts nobody reads."""

SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}|[A-Za-z]…$")


def written_beside(tree):
    """Texts for people that do not go through `words`."""
    passed_over = set()
    shown = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(ast.Constant()):
                passed_over.add(node.value)
            case ast.Call():
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in NO_WORDS:
                    passed_over.update(inner for a in node.args for inner in ast.walk(a))
                if name in SHOWN_BY:
                    place = {"ThemedButton": slice(2, 3), "addTab": slice(1, 2)}.get(name, slice(1))
                    shown.update(node.args[place])
            case _:
                pass
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            one_word = node in shown and re.search(r"[A-Za-z]{2}", node.value)
            if node not in passed_over and (one_word or SENTENCE.search(node.value)):
                yield node.value


@pytest.mark.parametrize("file", UI, ids=lambda file: file.name)
def test_texts_in_the_source_go_through_words(file):
    found = [
        text
        for text in written_beside(ast.parse(file.read_text(encoding="utf-8")))
        if not re.search(r"[{;<]|^ ?(white-space|border)|ClosedMesh$", text)
    ]
    assert not found, "write words.tr(...), see ui/words.py"


@pytest.mark.parametrize(
    "source",
    [
        "x.setText('Open')",
        "label('Open')",
        "x = f'{a} of many'",
        "ThemedButton(theme, 'send', 'Send')",
        "x = 'Wait…'",
    ],
)
def test_a_text_beside_words_is_found(source):
    assert list(written_beside(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "x.setText(words.tr('Open'))",
        "def f():\n    'A docstring here.'",
        "logger.info('Two words')",
    ],
)
def test_what_goes_through_words_is_not(source):
    assert not list(written_beside(ast.parse(source)))
