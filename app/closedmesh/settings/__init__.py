"""What the user may choose: one table a page, each setting with its default and a sentence.

This package is the only place where settings are described; the window's Settings page, `--help`
of `closedmesh settings` and the check of the settings file are made from it. `changed` applies
changes by dotted name and refuses what makes no sense.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct, structs

from closedmesh.errors import BadRequest
from closedmesh.models.chat import Overflow, Route, Sampling
from closedmesh.models.conversations import ChatOptions
from closedmesh.models.duty import Leaving
from closedmesh.models.fit import Choice
from closedmesh.settings.sharing import EnergySettings, SharingSettings
from closedmesh.settings.wording import Effect as Effect
from closedmesh.settings.wording import about, effect_of

STARTER_MODEL = "smollm2-135m-instruct-q4_1"
"""Catalogue name of the model that comes with the program."""

Value = str | int | float | bool | list[str] | None


class ChatSettings(Struct, frozen=True):
    """Chat"""

    model: Annotated[str, about("The model that answers where none is named.")] = STARTER_MODEL
    route: Annotated[
        Literal["local", "mesh", "auto"],
        about("On this computer, or by others in the mesh, who can read them."),
    ] = "local"
    system_prompt: Annotated[str, about("Put before every new chat.")] = ""
    max_tokens: Annotated[
        int, about("Longest answer of a new chat, in tokens; 0 is as long as it fits.", ge=0)
    ] = 0
    temperature: Annotated[
        float, about("How freely words are chosen; 0 always takes the likeliest.", ge=0.0, le=5.0)
    ] = 0.8
    top_k: Annotated[int, about("Choose among this many likeliest tokens; 0 is all.", ge=0)] = 40
    top_p: Annotated[
        float, about("Choose among the likeliest tokens of this total share.", gt=0.0, le=1.0)
    ] = 0.95
    min_p: Annotated[
        float, about("Leave out tokens less likely than this share of the best.", ge=0.0, le=1.0)
    ] = 0.05
    overflow: Annotated[
        Overflow, about("A chat longer than the context: refuse it, or leave out oldest messages.")
    ] = Overflow.DROP_OLDEST

    def options(self) -> ChatOptions:
        """How the questions of a new chat are asked."""
        return ChatOptions(
            route=Route(self.route),
            system_prompt=self.system_prompt,
            sampling=Sampling(
                temperature=self.temperature, top_k=self.top_k, top_p=self.top_p, min_p=self.min_p
            ),
            max_tokens=self.max_tokens or None,
            overflow=self.overflow,
        )


class ModelSettings(Struct, frozen=True):
    """Models"""

    folder: Annotated[str, about("Where model files lie; empty is the program's folder.")] = ""
    cap_gb: Annotated[
        float, about("Model files together may have this many GB; 0 is no limit.", ge=0.0)
    ] = 0.0
    download_limit: Annotated[
        float, about("Downloads take at most this many MB a second; 0 is no limit.", ge=0.0)
    ] = 0.0
    from_members: Annotated[
        bool, about("Fetch from members of the mesh too; they see which model is fetched.")
    ] = True
    mirror: Annotated[
        str, about("Another address for huggingface.co, like https://mirror.example; empty: none.")
    ] = ""


class NetworkSettings(Struct, frozen=True):
    """Network"""

    proxy: Annotated[
        Literal["system", "manual", "none"], about("Which proxy downloads go through.")
    ] = "system"
    proxy_address: Annotated[
        str, about("The proxy where it is set by hand, like http://proxy.example:3128.")
    ] = ""


class EngineSettings(Struct, frozen=True):
    """Engine"""

    threads: Annotated[
        int, about("Processor threads a model uses; 0 is all cores but one.", ge=0, le=512)
    ] = 0
    low_priority: Annotated[
        bool, about("Let other programs go first when the processor is busy.")
    ] = True
    context: Annotated[
        int, about("Tokens one conversation may have; 0 is what fits, up to 4096.", ge=0)
    ] = 0
    slots: Annotated[
        int, about("Conversations answered at the same time, if memory allows.", ge=1, le=64)
    ] = 4
    cache_type: Annotated[
        Literal["auto", "f16", "q8_0", "q4_0"],
        about("How exactly conversations are kept in memory; auto is f16, or q8_0 to fit at all."),
    ] = "auto"
    flash_attention: Annotated[
        Choice, about("A way of computing that needs less memory; auto where a model can.")
    ] = Choice.AUTO
    gpu_layers: Annotated[
        int, about("Layers that a graphics card computes; -1 is all that fit.", ge=-1, le=10_000)
    ] = -1
    give_way: Annotated[
        bool, about("Use fewer threads while other programs keep the processor busy.")
    ] = True
    measure: Annotated[
        bool, about("Measure how fast models are, with short runs while nobody needs them.")
    ] = True
    guess: Annotated[
        bool, about("Guess ahead what a model will write, where that makes it faster.")
    ] = True
    conversations_mb: Annotated[
        int, about("Memory for conversations that are not being answered now, MiB.", ge=0)
    ] = 256
    keep_conversations: Annotated[
        bool,
        about("Keep those on disk while a model is not in memory, readable by you alone."),
    ] = False
    queue: Annotated[
        int, about("Requests that may wait for a place before new ones are refused.", ge=0)
    ] = 64
    unload_after_minutes: Annotated[
        float, about("Give a model's memory back after this time without use; 0 never.", ge=0.0)
    ] = 15.0
    keep_free_mb: Annotated[
        int, about("Memory that loading a model must leave to other programs, MiB.", ge=0)
    ] = 512


class MeshSettings(Struct, frozen=True):
    """Mesh"""

    port: Annotated[
        int, about("UDP port at which other peers are answered; 0 is any.", ge=0, le=65535)
    ] = 0
    nearby: Annotated[
        bool, about("Find members in this local network; all in it see that this peer runs.")
    ] = False
    relay_only: Annotated[
        bool, about("Through relays only: no peer sees this computer's address. Slower.")
    ] = False
    enforce: Annotated[
        bool, about("Entry: its verdicts count for leaving out peers, where two entries agree.")
    ] = False


class UpdateSettings(Struct, frozen=True):
    """Updates"""

    mode: Annotated[
        Literal["off", "tell", "fetch"],
        about(
            "Look for a new version once a day: never, to tell you, or to have it ready for the"
            " next start."
        ),
    ] = "off"


class FallbackSettings(Struct, frozen=True):
    """Fallback"""

    enabled: Annotated[
        bool, about("Let a company answer where the mesh cannot; it reads what you ask.")
    ] = False
    address: Annotated[
        str,
        about('Its OpenAI-compatible address, like "https://api.example.com/v1".', max_length=500),
    ] = ""
    models: Annotated[
        tuple[str, ...],
        about('Which of its models stands in for which daily model of ours: "ours = theirs".'),
    ] = ()
    first_token_seconds: Annotated[
        float, about("Seconds that the mesh has for a first token before it is asked.", gt=0.0)
    ] = 3.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        safe = parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")
        if self.address and not (safe and parts.hostname):
            raise ValueError("the address begins with https://")
        if self.enabled and not self.address:
            raise ValueError("there is no address")
        self.stand_ins()

    def stand_ins(self) -> dict[str, str]:
        """The provider's model for each of ours."""
        found = {}
        for text in self.models:
            ours, _, theirs = (part.strip() for part in text.partition("="))
            if not ours or not theirs:
                raise ValueError('write "ours = theirs"')
            found[ours] = theirs
        return found


class PublicSettings(Struct, frozen=True):
    """Public API"""

    enabled: Annotated[
        bool, about("As an entry, let anybody ask the mesh; the entry reads what they ask.")
    ] = False
    per_minute: Annotated[
        int, about("Questions that one address may ask in a minute.", ge=1, le=10_000)
    ] = 6
    total_per_minute: Annotated[
        int, about("Questions that all addresses together may ask in a minute.", ge=1, le=100_000)
    ] = 60
    at_once: Annotated[
        int, about("Questions of the public that are answered at the same time.", ge=1, le=1000)
    ] = 4
    max_tokens: Annotated[
        int, about("Longest answer to the public, in tokens.", ge=1, le=100_000)
    ] = 512
    behind_proxy: Annotated[
        bool,
        about("A proxy of yours stands before the pages; X-Forwarded-For ends with who asks."),
    ] = False


class ApiSettings(Struct, frozen=True):
    """Local API"""

    port: Annotated[
        int, about("Preferred port; the next free one is taken if it is in use.", ge=1, le=65535)
    ] = 9337
    allowed_origins: Annotated[
        tuple[str, ...], about('Web pages that may call the API, like "http://localhost:3000".')
    ] = ()


class AppearanceSettings(Struct, frozen=True):
    """Window"""

    theme: Annotated[Literal["system", "light", "dark"], about("Colours of the window.")] = "system"
    language: Annotated[
        Literal["system", "en", "de"],
        about("Language of the window, at once; commands stay English."),
    ] = "system"
    text_percent: Annotated[
        int, about("Size of the text, in percent of the system's.", ge=75, le=200)
    ] = 100
    motion: Annotated[
        Literal["system", "reduced"], about("Menus that fade and slide, a cursor that blinks.")
    ] = "system"
    notices: Annotated[
        bool,
        about("Tell of answers, downloads and trouble while the window is not looked at."),
    ] = True
    close_to_tray: Annotated[
        bool, about("Closing the window keeps the program in the tray, where there is one.")
    ] = True


class Settings(Struct, frozen=True):
    """All settings; the field names are the tables of `settings.toml`."""

    chat: ChatSettings = ChatSettings()
    models: ModelSettings = ModelSettings()
    network: NetworkSettings = NetworkSettings()
    engine: EngineSettings = EngineSettings()
    sharing: SharingSettings = SharingSettings()
    mesh: MeshSettings = MeshSettings()
    energy: EnergySettings = EnergySettings()
    fallback: FallbackSettings = FallbackSettings()
    public: PublicSettings = PublicSettings()
    api: ApiSettings = ApiSettings()
    updates: UpdateSettings = UpdateSettings()
    window: AppearanceSettings = AppearanceSettings()


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, described for a page or a table."""

    name: str
    """Dotted, like `engine.threads`."""
    page: str
    sentence: str
    type: Any
    """The Python type without its limits: `int`, `float`, `bool`, `str`, an enum, a `Literal`,
    `tuple[str, ...]`."""
    default: Any
    minimum: float | None
    maximum: float | None

    @property
    def effect(self) -> Effect:
        """From when on a change of it holds."""
        return effect_of(self.name)

    @property
    def choices(self) -> tuple[str, ...]:
        """The allowed words of an enum or a `Literal`, else nothing."""
        if get_origin(self.type) is Literal:
            return get_args(self.type)
        return tuple(self.type) if self.type in (Overflow, Choice, Leaving) else ()


def describe() -> Iterator[Setting]:
    """Every setting, page by page, in the order of the file."""
    for table in structs.fields(Settings):
        page: type[Struct] = table.type
        hints = get_type_hints(page, include_extras=True)
        for field in structs.fields(page):
            kind, meta = get_args(hints[field.name])
            yield Setting(
                name=f"{table.name}.{field.name}",
                page=(page.__doc__ or "").strip(),
                sentence=meta.description,
                type=kind,
                default=field.default,
                minimum=meta.ge if meta.ge is not None else meta.gt,
                maximum=meta.le,
            )


def changed(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Settings with `changes` by dotted name applied; all of them or none.

    Raises `BadRequest` for a name that does not exist or a value that is out of its limits.
    """
    tables = msgspec.to_builtins(settings)
    for name, value in changes.items():
        table, _, field = name.partition(".")
        if field not in tables.get(table, {}):
            raise BadRequest(
                f"There is no setting {name!r}.",
                "`closedmesh settings` lists all of them.",
                param=name,
            )
        tables[table][field] = value
        try:
            msgspec.convert(tables, Settings)
        except msgspec.ValidationError as error:
            reason, _, _ = str(error).partition(" - at ")  # the name stands there already
            raise BadRequest(
                f"{value!r} is no value for {name}: {reason}.",
                "`closedmesh settings` shows what each setting may be.",
                param=name,
            ) from None
    return msgspec.convert(tables, Settings)
