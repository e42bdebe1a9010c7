import pytest
from msgspec import structs

from closedmesh.models.chat import Alternative as Token
from closedmesh.models.chat import Finished, FinishReason, Piece, TokenLogprob, Waiting
from closedmesh.models.tool_reader import Dialect, Reader
from closedmesh.node.calling import read_calls
from tests.support.control import receipt

CALL = '<tool_call>{"name": "weather", "arguments": {}}</tool_call>'
LOGPROBS = (TokenLogprob(Token(b"x", -1.0)),)


async def read(*texts, finish=FinishReason.STOP):
    async def events():
        yield Waiting("Loading")
        for number, text in enumerate(texts):
            yield Piece(text, LOGPROBS, (number,))
        yield Finished(structs.replace(receipt(), finish=finish))

    reader = Reader(Dialect.TAGGED, frozenset({"weather"}), "r")
    return [event async for event in read_calls(events(), reader)]


async def test_calls_stand_beside_the_text_and_the_receipt_says_so():
    waiting, first, second, finished = await read("Look: <tool", CALL[5:])
    assert waiting == Waiting("Loading")
    assert (first.text, first.calls) == ("Look: ", ())
    assert [call.name for call in second.calls] == ["weather"]
    assert finished.receipt.finish is FinishReason.TOOL_CALLS
    assert (first.logprobs, second.tokens) == (LOGPROBS, (1,)), "nothing else is lost"


async def test_what_was_held_back_for_nothing_comes_at_the_end():
    *_, held, finished = await read("a <tool")
    assert held == Piece("<tool")
    assert finished.receipt.finish is FinishReason.STOP


@pytest.mark.parametrize("finish", [FinishReason.LENGTH, FinishReason.CANCELLED])
async def test_an_answer_that_was_cut_off_stays_one(finish):
    *_, finished = await read(CALL, finish=finish)
    assert finished.receipt.finish is finish
