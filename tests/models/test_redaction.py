import pytest

from closedmesh.models.redaction import redacted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at 192.168.7.23:4433 now", "at [address] now"),
        ("[2001:db8::7f3a]:4433", "[[address]]:4433"),
        ("http://127.0.0.1:9337/v1", "http://127.0.0.1:9337/v1"),
        ("https://relay.example/x?y", "[address]"),
        ("http://me:pw@127.0.0.1", "http://127.0.0.1"),
        ("closedmesh://join/cm1abc", "[invite]"),
        ("key cm-0123456789abcdef", "key [key]"),
        ("hf_abcdefghijkl", "[key]"),
        ("ab" * 32, "[id]"),
        ("write to me@example.com", "write to [address]"),
        ("/home/me/models/a.gguf", "~/models/a.gguf"),
        ("2026-11-25 13:45:31,123 INFO closedmesh.node: ready", None),
        ("version 0.1.0, SmolLM2 135M, Q4_1, 98 MB", None),
    ],
)
def test_only_what_is_nobodys_business_goes(text, shown):
    assert redacted(text, "/home/me") == (shown or text)
