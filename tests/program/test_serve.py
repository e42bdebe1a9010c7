"""The headless program with the real starter model, spoken to by the unmodified openai client."""

import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError

import openai
import psutil
import pytest

from tests.support.gguf import gguf
from tests.support.processes import kill, lives
from tests.support.program import run, serving, wait_until

pytestmark = pytest.mark.model

MODEL = "smollm2-135m-instruct-q4_1"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
WORDS = ("apple", "river", "seven", "green", "table", "music", "north", "paper")


@pytest.fixture(scope="module")
def served(tmp_path_factory, starter_model):
    with serving(tmp_path_factory.mktemp("home"), "--model", MODEL) as served:
        yield served


@pytest.fixture(scope="module")
def key(served):
    return served.key


@pytest.fixture
def client(served, key):
    with openai.OpenAI(base_url=f"{served.api}/v1", api_key=key, max_retries=0) as client:
        yield client


def user(text):
    return [{"role": "user", "content": text}]


def test_a_plain_answer_says_which_path_served_it(client):
    raw = client.chat.completions.with_raw_response.create(
        model=MODEL, messages=user("Which animal says meow?"), max_tokens=30
    )
    answer = raw.parse()
    assert answer.choices[0].message.content
    assert answer.usage.completion_tokens <= 30
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert raw.headers["x-closedmesh-served-by"] == "local"
    assert raw.headers["x-closedmesh-model"] == SHA256


def test_a_stream_gives_the_same_words_piece_by_piece_and_the_usage(client):
    asked = {"model": MODEL, "messages": user("Count to ten."), "temperature": 0, "max_tokens": 24}
    plain = client.chat.completions.create(**asked)
    chunks = list(
        client.chat.completions.create(**asked, stream=True, stream_options={"include_usage": True})
    )
    pieces = [c.choices[0].delta.content or "" for c in chunks if c.choices]
    assert "".join(pieces) == plain.choices[0].message.content
    assert len([piece for piece in pieces if piece]) > 5
    assert chunks[-1].usage.completion_tokens == plain.usage.completion_tokens


def test_a_stop_word_ends_the_answer(client):
    answer = client.completions.create(
        model=MODEL, prompt="1, 2, 3, 4,", stop="7", temperature=0, max_tokens=40
    )
    assert answer.choices[0].finish_reason == "stop"
    assert "6" in answer.choices[0].text
    assert "7" not in answer.choices[0].text


def test_a_seed_gives_the_same_answer_twice(client):
    def ask(seed):
        return client.chat.completions.create(
            model=MODEL, messages=user("Invent a cat's name."), seed=seed, temperature=1.3,
            max_tokens=20,
        ).choices[0].message.content  # fmt: skip

    assert ask(11) == ask(11)
    assert len({ask(seed) for seed in range(4)}) > 1


def test_log_probabilities_are_given(client):
    answer = client.chat.completions.create(
        model=MODEL, messages=user("Hi"), max_tokens=3, logprobs=True, top_logprobs=2
    )
    details = answer.choices[0].logprobs.content
    assert len(details) == 3
    assert all(len(d.top_logprobs) == 2 and d.logprob <= 0 for d in details)


def test_the_models_are_listed(client):
    assert [model.id for model in client.models.list()] == [MODEL]


def test_a_wrong_key_is_401(served):
    with (
        openai.OpenAI(base_url=f"{served.api}/v1", api_key="cm-wrong", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        client.models.list()


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
def test_a_foreign_page_or_name_is_403(served, key, header):
    headers = {"Authorization": f"Bearer {key}"} | header
    request = urllib.request.Request(f"{served.api}/v1/models", headers=headers)
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 403
    caught.value.close()


def test_an_unknown_model_is_404_with_what_is_there(client):
    with pytest.raises(openai.NotFoundError, match=MODEL):
        client.chat.completions.create(model="llama-70b", messages=user("Hi"))


def test_too_long_a_prompt_is_400_with_figures(client):
    with pytest.raises(openai.BadRequestError, match="the context holds") as caught:
        client.chat.completions.create(model=MODEL, messages=user("word " * 9000))
    assert caught.value.code == "context_length_exceeded"


def test_eight_conversations_at_once_are_not_mixed_up(client):
    def repeat(word):
        answer = client.completions.create(
            model=MODEL, prompt=f"{word}," + f" {word}," * 15, temperature=0, max_tokens=24
        )
        return answer.choices[0].text

    with ThreadPoolExecutor(len(WORDS)) as pool:
        texts = list(pool.map(repeat, WORDS))
    for word, text in zip(WORDS, texts, strict=True):
        assert text.count(word) >= 5
        assert not any(other in text for other in WORDS if other != word)


def test_a_worker_killed_in_mid_answer_is_told_and_the_next_question_is_answered(served, client):
    stream = client.completions.create(model=MODEL, prompt="Once", max_tokens=2000, stream=True)
    next(iter(stream))
    (worker,) = served.workers()
    kill(worker.pid)
    with pytest.raises(openai.APIError, match="killed by signal 9"):
        list(stream)
    answer = client.completions.create(model=MODEL, prompt="The sea is", max_tokens=5)
    assert answer.choices[0].text
    assert served.workers() != [worker]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("text", b"These are just words.", "not a GGUF file"),
        ("absurd", gguf(tensor_count=2**61), "claims to have"),
        ("facts", gguf(fact_count=2**62), "claims to have"),
        ("cut", gguf()[:-10], "should hold at least"),
    ],
)
def test_a_bad_file_is_refused_and_the_program_goes_on(served, tmp_path, name, data, words):
    file = tmp_path / f"{name}.gguf"
    file.write_bytes(data)
    done = served.run("models", "import", str(file), check=False)
    assert done.returncode == 1
    assert words in done.stderr
    assert served.facts("status")["state"] == "not-sharing"


def test_half_of_the_starter_model_is_refused(served, tmp_path, starter_model):
    file = tmp_path / "half.gguf"
    file.write_bytes(starter_model.read_bytes()[: 2**25])
    done = served.run("models", "import", str(file), check=False)
    assert done.returncode == 1
    assert "has only 33.6 MB" in done.stderr


def test_another_command_asks_the_peer_that_runs(served):
    facts = served.facts("chat", "Say hello.")
    assert facts["text"]
    assert facts["peer"] == served.facts("status")["peer"]
    assert served.facts("status")["process"] == served.process.pid


def test_a_second_peer_in_the_same_home_is_refused(served):
    done = run(served.home, "serve", "--port", "0", check=False)
    assert done.returncode == 1
    assert "already runs" in done.stderr


def test_logs_hold_neither_words_nor_keys(served, key, client):
    client.completions.create(model=MODEL, prompt="Rumpelstiltskin", max_tokens=3)
    logs = b"".join(path.read_bytes() for path in (served.home / "logs").iterdir())
    assert b"request" in logs
    assert b"Rumpelstiltskin" not in logs
    assert key.encode() not in logs


def test_the_end_is_clean(tmp_path, starter_model):
    with serving(tmp_path, "--model", MODEL) as served:
        assert served.workers()
    assert served.process.returncode == 0
    assert not (tmp_path / "run" / "peer.json").exists()


def test_a_killed_peer_leaves_no_process(tmp_path, starter_model):
    with serving(tmp_path, "--model", MODEL) as served:
        workers = [p.pid for p in psutil.Process(served.process.pid).children(recursive=True)]
        assert workers
        kill(served.process.pid)
        served.process.wait()
        wait_until(lambda: not any(map(lives, workers)), "nothing is left", seconds=5)
        again = run(tmp_path, "chat", "Hi", "--json")
        assert '"text"' in again.stdout
