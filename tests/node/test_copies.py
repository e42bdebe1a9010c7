from closedmesh.engine.messages import Loaded, Scored, Tokenized, TokenScore
from closedmesh.errors import ContextTooLong
from closedmesh.models.chat import Conversation, Message, Role
from closedmesh.node.copies import EngineCopy

PROMPT = Conversation((Message(Role.USER, "hello"),))
CONTEXT = 20
IN_PROMPT = 15


class Reader:
    """A worker that reads prompts of `IN_PROMPT` tokens, and no more than its context holds."""

    async def tokenize(self, _request):
        return Tokenized(1, tuple(range(IN_PROMPT)))

    async def score(self, request):
        assert 0 < len(request.continuation) <= CONTEXT - IN_PROMPT
        return Scored(1, tuple(TokenScore(-1.0, (t,), (-1.0,)) for t in request.continuation))


class Engines:
    async def worker(self, _model):
        return Reader()

    async def answer(self, _model, _request):
        raise ContextTooLong("The prompt is too long.", "Shorten it.")
        yield


async def test_a_copy_reads_an_answer_as_far_as_its_context_goes():
    copy = EngineCopy(Engines(), None, Loaded(CONTEXT, 1))
    (whole,) = await copy.read(PROMPT, "2030-01-01", (1, 2, 3))
    assert [each.top for each in whole] == [(1,), (2,), (3,)]
    (longer,) = await copy.read(PROMPT, "2030-01-01", tuple(range(50)))
    assert [each.top for each in longer] == [(0,), (1,), (2,), (3,), (4,)]


async def test_a_copy_writes_nothing_after_what_it_has_no_room_for():
    copy = EngineCopy(Engines(), None, Loaded(IN_PROMPT, 1))
    assert await copy.write(PROMPT, 1, 5) == ""


async def test_a_copy_without_room_for_the_question_says_nothing():
    copy = EngineCopy(Engines(), None, Loaded(IN_PROMPT, 1))
    assert await copy.read(PROMPT, "2030-01-01", (1, 2, 3)) == ([],)
