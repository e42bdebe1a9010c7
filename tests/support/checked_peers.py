"""Peers that serve a `SmallModel` honestly or not, and a verifier's copy of it; no network."""

from msgspec import structs

from closedmesh.entry.checking import Declined, Reply, Silent, Target
from closedmesh.models.chat import TokenPrompt, TraceEntry
from closedmesh.trust.traces import Step, Trace
from tests.support.small_model import END, SmallModel, entry

SALT = b"s" * 32
MODEL, WEIGHTS = "b" * 64, "c" * 64


def prompt_tokens(prompt):
    """A prompt as tokens of the small model."""
    if isinstance(prompt, TokenPrompt):
        return prompt.tokens[-12:]
    return tuple(prompt.messages[-1].text.encode()[-12:])


def words(tokens):
    return " ".join(f"w{token}" for token in tokens)


def target(peer="a" * 64, **changes):
    facts = {"quantisation": "Q8_0", "backend": "cpu", "way": "f16/f16", "active_bytes": 10**8}
    return Target(peer, MODEL, WEIGHTS, **(facts | changes))


class Served:
    """The client path to peers that all serve the same thing."""

    def __init__(self, model=None):
        self.model = model or SmallModel()
        self.questions = []
        self._traces = {}

    async def ask(self, _target, question):
        self.questions.append(question)
        steps, ended = self.answer(question)
        trace = Trace(steps, SALT)
        name = f"request-{len(self.questions)}"
        self._traces[name] = trace
        tokens = tuple(step.token for step in steps)
        text = words(tokens[:-1] if ended else tokens)
        return Reply(
            name, tokens[:-1] if ended else tokens, END if ended else None, text, trace.root,
            0.1, 0.1 + len(steps) / 40,
        )  # fmt: skip

    def answer(self, question):
        return self.model.answer(
            prompt_tokens(question.prompt), question.sampling, question.max_tokens or 64
        )

    async def show(self, _target, reply, positions):
        return self._traces[reply.request].open(positions)


class Canned(Served):
    """Says the same to everybody, and makes up numbers for it."""

    def answer(self, _question):
        said = [3, 17, 8, 21, 30, 2, 11, 9] * 5
        return [
            Step(token, TraceEntry((token, (token + 1) % 40), (-3, -250))) for token in said
        ], False


class Prefilled(Served):
    """Lets a cheap model write and the right one make the numbers."""

    def answer(self, question):
        prompt = prompt_tokens(question.prompt)
        cheap, ended = SmallModel(1.2).answer(prompt, question.sampling, question.max_tokens or 64)
        context, steps = list(prompt), []
        for step in cheap:
            steps.append(Step(step.token, entry(self.model.logits(context))))
            context.append(step.token)
        return steps, ended


class Unproven(Served):
    """Commits to nothing."""

    async def ask(self, target, question):
        return structs.replace(await super().ask(target, question), root=None)


class Broken(Served):
    """Does not answer."""

    def __init__(self, error):
        super().__init__()
        self._error = error

    async def ask(self, _target, _question):
        raise self._error


SILENT, DECLINED = Silent(), Declined("busy")


class SmallCopy:
    """The verifier's copy."""

    way = "cpu f16/f16"
    consensus = False

    def __init__(self):
        self.begun = []

    async def write(self, _prompt, _seed, _max_tokens):
        return "Bread keeps for a week. It is an old craft.\nThere are many kinds of it."

    async def speak(self, before, words, _seed, max_tokens):
        self.begun.append((before, words))
        return " bread that keeps fresh for a week?"[: 2 * max_tokens]

    async def read(self, prompt, _date, tokens):
        return (SmallModel().score(prompt_tokens(prompt), tokens),)

    async def tokens_of(self, text):
        return tuple(int(word[1:]) for word in text.split())
