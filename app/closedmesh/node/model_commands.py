"""Carries out what concerns a model's file, its memory, its speed, its vectors."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from closedmesh import control
from closedmesh.engine.messages import Embed, Priority
from closedmesh.errors import BadRequest
from closedmesh.mesh.picture import JudgedAnswer
from closedmesh.models.chat import OWNER, Embeddings
from closedmesh.node.copies import judge_again
from closedmesh.node.engines import Engines
from closedmesh.node.library import Library
from closedmesh.node.measuring import Measuring
from closedmesh.trust import transcripts


@dataclass(frozen=True, slots=True)
class ModelCommands:
    """What they need."""

    library: Library
    engines: Engines
    measuring: Measuring
    default_model: Callable[[], str]
    peer: Callable[[], str]
    """Short id of this computer."""

    async def do(self, command: control.ModelCommand) -> Any:
        """Carry out a command; its result."""
        match command:
            case control.LoadModel(ref):
                await self.engines.load(await self.library.find(ref))
            case control.UnloadModel(ref):
                await self.engines.unload(await self.library.find(ref))
            case control.VerifyModel(ref):
                return self.engines.show(await self.library.verify(ref))
            case control.ImportModel(path, copy):
                return await self.library.import_file(Path(path), copy=copy)
            case control.RemoveModel(ref):
                await self._remove(ref)
            case control.MeasureSpeed(ref):
                return await self.measuring.now(await self.library.find(ref))
            case control.EmbedTexts(texts, ref):
                return await self._embed(texts, ref)
            case control.JudgeTranscript(text):
                return await self._judge(text)
            case _:
                assert_never(command)
        return None

    async def _remove(self, ref: str) -> None:
        for model in self.library.models():
            if ref in (model.name, model.sha256):
                await self.engines.unload(model)
        await self.library.remove(ref)

    async def _judge(self, text: str) -> JudgedAnswer:
        try:
            transcript = transcripts.decode(text.encode())
        except ValueError as error:
            raise BadRequest(
                f"The transcript cannot be read: {error}", "`closedmesh check --keep` writes them."
            ) from None
        model = await self.library.find(transcript.model)
        return await judge_again(self.engines, model, transcript)

    async def _embed(self, texts: tuple[str, ...], ref: str | None) -> Embeddings:
        model = await self.library.find(ref or self.default_model())
        request = Embed(1, OWNER, texts, Priority.OWNER)
        made = await self.engines.embed(model, request)
        return Embeddings(model.name, model.sha256, self.peer(), made.vectors, made.tokens)
