"""The Security page: what is enforced on this computer and what is not protected, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact, with what it rests on."""

    title: str
    text: str


ENFORCED = (
    Statement(
        "Chats stay on this computer",
        "A chat is answered by a model that runs here. This computer is in no mesh, so there is "
        "nobody to send a question to, and nothing is sent anywhere else either.",
    ),
    Statement(
        "Each model runs in a process of its own",
        "A crash, or a model file made to do harm, ends that process. The window and your chats "
        "are not in it. Files are checked before they are loaded.",
    ),
    Statement(
        "The local API answers this computer only",
        "It listens on 127.0.0.1, wants the key with every call, and refuses calls that a web "
        "page sent, unless you allow that page in the settings.",
    ),
    Statement(
        "What a model writes cannot act",
        "Images are not fetched, local files are not opened, and a link shows its whole address "
        "before it is followed.",
    ),
    Statement(
        "Logs hold no words of yours",
        "Questions, answers and keys are never written to the log files. There is no telemetry.",
    ),
    Statement(
        "The key is kept in the system's keychain",
        "Where there is no keychain it is a file that only your account can read; the window "
        "then says so at the top.",
    ),
)
"""What the program makes sure of."""

NOT_PROTECTED = (
    Statement(
        "Other programs of your account",
        "Whatever runs with your account can read your chats, settings and model files, as it "
        "can read all your documents. Chats are not encrypted on disk.",
    ),
    Statement(
        "What a model says",
        "Answers can be wrong, and a model can be made to mislead. The check of a file's SHA-256 "
        "tells that it is the file on record, not that its answers are good.",
    ),
    Statement(
        "Whoever has the key of the local API",
        "A program that you give the key can ask questions, read and change your chats and "
        "settings. Make a new key to shut it out.",
    ),
)
"""What the program does not keep anybody from doing."""
