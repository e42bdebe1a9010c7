"""What settings, and the values that can be chosen, are called in the window. No Qt here."""

from closedmesh.ui import words


def title(name: str) -> str:
    """The name of a setting for a person, by its dotted name."""
    titles = _titles()
    if name in titles:
        return titles[name]
    return name.partition(".")[2].replace("_", " ").capitalize()


def chosen(value: str) -> str:
    """A value that can be chosen, for a person."""
    values = _values()
    return values[value] if value in values else value.replace("-", " ").capitalize()


def _values() -> dict[str, str]:
    return {
        "auto": words.tr("Automatic"),
        "de": "Deutsch",
        "en": "English",
        "system": words.tr("As the system"),
        "light": words.tr("Light"),
        "dark": words.tr("Dark"),
        "manual": words.tr("Manual"),
        "none": words.tr("None"),
        "on": words.tr("On"),
        "off": words.tr("Off"),
        "reduced": words.tr("Reduced"),
        "refuse": words.tr("Refuse"),
        "drop-oldest": words.tr("Drop oldest"),
        "finish": words.tr("Finish"),
        "hand-over": words.tr("Hand over"),
        "now": words.tr("Now"),
        "tell": words.tr("Tell me"),
        "fetch": words.tr("Have it ready"),
        "local": words.tr("On this computer"),
        "mesh": words.tr("Mesh"),
    }


def _titles() -> dict[str, str]:
    return {**_of_models(), **_of_sharing(), **_of_the_rest()}


def _of_models() -> dict[str, str]:
    return {
        "models.folder": words.tr("Model folder"),
        "models.cap_gb": words.tr("Model files together (GB)"),
        "models.download_limit": words.tr("Download speed (MB/s)"),
        "models.from_members": words.tr("Fetch from members too"),
        "models.mirror": words.tr("Mirror"),
        "engine.threads": words.tr("Processor threads"),
        "engine.slots": words.tr("Conversations at a time"),
        "engine.guess": words.tr("Guess ahead"),
        "engine.conversations_mb": words.tr("Memory for earlier conversations (MiB)"),
        "engine.keep_conversations": words.tr("Keep earlier conversations on disk"),
        "engine.unload_after_minutes": words.tr("Free memory after (minutes)"),
        "engine.keep_free_mb": words.tr("Keep free (MiB)"),
        "engine.low_priority": words.tr("Other programs go first"),
        "engine.cache_type": words.tr("Memory of conversations"),
        "engine.gpu_layers": words.tr("Layers on the graphics card"),
        "engine.give_way": words.tr("Give way to other programs"),
        "engine.measure": words.tr("Measure speed while idle"),
        "engine.queue": words.tr("Longest queue"),
        "engine.context": words.tr("Context (tokens)"),
        "engine.flash_attention": words.tr("Flash attention"),
    }


def _of_sharing() -> dict[str, str]:
    return {
        "sharing.share": words.tr("Share this computer"),
        "sharing.models": words.tr("Models for others"),
        "sharing.idle_minutes": words.tr("Only after (minutes without you)"),
        "sharing.battery_floor": words.tr("Charge to keep (%)"),
        "sharing.on_metered": words.tr("On networks that cost by the byte"),
        "sharing.full_screen": words.tr("During full-screen programs"),
        "sharing.in_call": words.tr("During calls"),
        "sharing.hours": words.tr("Hours and days"),
        "sharing.heat_limit": words.tr("Not above (°C)"),
        "sharing.requests": words.tr("Questions of others at a time"),
        "sharing.upload_gb_a_month": words.tr("Sent in a month (GB)"),
        "sharing.credits_a_day": words.tr("Credits a day, then stop (not money)"),
        "sharing.files_limit": words.tr("Model files to members (MB/s)"),
        "sharing.keep_disk_free_gb": words.tr("Keep free on the disk (GB)"),
        "sharing.leaving": words.tr("Answers in progress when sharing stops"),
        "sharing.stay_awake": words.tr("Stay awake while answering others"),
        "sharing.on_battery": words.tr("On battery"),
        "mesh.port": words.tr("Port for other peers"),
        "mesh.nearby": words.tr("Find members nearby"),
        "mesh.relay_only": words.tr("Hide the address from peers"),
        "mesh.enforce": words.tr("Act on verdicts (entry)"),
        "energy.price": words.tr("Price of a kWh"),
        "energy.night_price": words.tr("Price of a kWh at night"),
        "energy.currency": words.tr("Currency"),
        "energy.night_hours": words.tr("Night hours"),
    }


def _of_the_rest() -> dict[str, str]:
    return {
        "chat.route": words.tr("Where new chats are answered"),
        "chat.model": words.tr("Model"),
        "chat.max_tokens": words.tr("Longest answer"),
        "chat.overflow": words.tr("When a chat is too long"),
        "chat.top_k": words.tr("Top-k"),
        "chat.top_p": words.tr("Top-p"),
        "chat.min_p": words.tr("Min-p"),
        "chat.system_prompt": words.tr("System prompt"),
        "chat.temperature": words.tr("Temperature"),
        "network.proxy_address": words.tr("Address of the proxy"),
        "network.proxy": words.tr("Proxy"),
        "fallback.enabled": words.tr("Use a provider outside"),
        "fallback.address": words.tr("Address of the provider"),
        "fallback.models": words.tr("Models of the provider"),
        "fallback.first_token_seconds": words.tr("Wait for the mesh (seconds)"),
        "public.enabled": words.tr("Let anybody ask"),
        "public.per_minute": words.tr("Questions a minute from one address"),
        "public.total_per_minute": words.tr("Questions a minute from all"),
        "public.at_once": words.tr("Questions at a time"),
        "public.max_tokens": words.tr("Longest answer (tokens)"),
        "public.behind_proxy": words.tr("Behind a proxy"),
        "api.port": words.tr("Port of the local API"),
        "api.allowed_origins": words.tr("Allowed web pages"),
        "window.notices": words.tr("Notifications"),
        "window.close_to_tray": words.tr("Close to the tray"),
        "window.theme": words.tr("Theme"),
        "updates.mode": words.tr("New versions"),
        "window.language": words.tr("Language"),
        "window.text_percent": words.tr("Text size (%)"),
        "window.motion": words.tr("Motion"),
    }
