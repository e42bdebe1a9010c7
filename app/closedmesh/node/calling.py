"""Finds in an answer the functions that the model wants called."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from msgspec import structs

from closedmesh.models.chat import Finished, FinishReason, Piece
from closedmesh.models.conversations import AnswerEvent
from closedmesh.models.tool_reader import Reader


async def read_calls(
    answer: AsyncGenerator[AnswerEvent], reader: Reader
) -> AsyncGenerator[AnswerEvent]:
    """The same answer, its calls told apart from its text. Closes it."""
    async with aclosing(answer) as events:
        async for event in events:
            match event:
                case Piece(text):
                    shown, calls = reader.push(text)
                    yield structs.replace(event, text=shown, calls=calls)
                case Finished(receipt):
                    shown, calls = reader.finish()
                    if shown or calls:
                        yield Piece(shown, calls=calls)
                    if reader.called and receipt.finish is FinishReason.STOP:
                        receipt = structs.replace(receipt, finish=FinishReason.TOOL_CALLS)
                    yield Finished(receipt)
                case _:
                    yield event
