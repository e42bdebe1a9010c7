from pathlib import Path

import pytest

from closedmesh.cli.arguments import parser, with_command


def parse(*words):
    return parser().parse_args(words)


def test_without_a_command_the_window_is_meant():
    assert parse().command is None
    assert parse("app", "--hidden").hidden


@pytest.mark.parametrize("words", [("--home", "x", "status"), ("status", "--home", "x")])
def test_the_home_may_stand_before_or_after_the_command(words):
    assert parse(*words).home == Path("x")


@pytest.mark.parametrize("words", [("--json", "key"), ("key", "--json"), ("key", "new", "--json")])
def test_json_may_stand_anywhere(words):
    assert parse(*words).json


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("doctor",),
        ("settings",),
        ("key", "show"),
        ("models", "list"),
        ("models", "verify", "m"),
        ("models", "import", "f"),
        ("models", "remove", "m"),
        ("chat", "Hi"),
        ("serve",),
        ("entry", "--mesh", "m"),
        ("invite", "new"),
        ("invite", "list"),
        ("invite", "revoke", "0123"),
    ],
)
def test_every_command_of_facts_takes_json(words):
    assert parse(*words, "--json").json
    assert not parse(*words).json


def test_serve_takes_a_port_and_several_models():
    chosen = parse("serve", "--port", "0", "--model", "a", "--model", "b")
    assert (chosen.port, chosen.model) == (0, ["a", "b"])


def test_an_entry_takes_addresses():
    chosen = parse(
        "entry", "--mesh", "home", "--web", "127.0.0.1:0", "--listen", "0.0.0.0:4433", "--listen",
        "[::]:4433",
    )  # fmt: skip
    assert (chosen.mesh, chosen.web) == ("home", ("127.0.0.1", 0))
    assert chosen.listen == [("0.0.0.0", 4433), ("::", 4433)]


def test_an_invite_is_for_one_to_chat():
    chosen = parse("invite", "new")
    assert (chosen.scope, chosen.uses, chosen.expires) == ("chat", 1, None)
    chosen = parse("invite", "new", "--scope", "share", "--uses", "5", "--expires", "1h")
    assert (chosen.scope, chosen.uses, chosen.expires) == ("share", 5, 3600)


def test_a_question_may_begin_with_a_dash():
    assert parse("chat", "--route", "local", "--", "--help me").text == ["--help me"]


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("serve", "--port", "65536"),
        ("entry", "--mesh", "m", "--web", "8080"),
        ("entry", "--mesh", "m", "--listen", "example.org:1"),
        ("invite",),
        ("invite", "new", "--uses", "0"),
        ("invite", "new", "--scope", "everything"),
        ("invite", "new", "--expires", "soon"),
        ("serve", "--port", "many"),
        ("key", "eat"),
        ("models",),
        ("models", "verify"),
        ("chat", "--route", "moon"),
        ("status", "--nothing"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_how(words, capsys):
    with pytest.raises(SystemExit) as caught:
        parse(*words)
    assert caught.value.code == 2
    assert "usage: closedmesh" in capsys.readouterr().err


def test_the_help_names_every_command_variable_and_exit_code(capsys):
    with pytest.raises(SystemExit) as caught:
        parse("--help")
    assert caught.value.code == 0
    said = capsys.readouterr().out
    commands = ("app", "serve", "chat", "models", "status", "key", "settings", "doctor")
    for word in (*commands, "CLOSEDMESH_HOME", "CLOSEDMESH_API_KEY", "CLOSEDMESH_LOG", "exit code"):
        assert word in said


@pytest.mark.parametrize(
    "words",
    [[], ["status"], ["join", "closedmesh://join/cm1x"], ["serve", "--join", "closedmesh:x"]],
)
def test_a_link_after_a_command_is_that_commands(words):
    assert with_command(words) == words


def test_a_link_alone_is_for_the_window():
    link = "closedmesh://join/cm1x"
    assert with_command([link]) == ["app", link]
    assert with_command(["--home", "x", link]) == ["--home", "x", "app", link]
