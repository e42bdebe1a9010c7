import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.mesh.codec import encode
from closedmesh.mesh.faults import LocalProtocolError, RefusalCode, RemoteProtocolError
from closedmesh.mesh.messages import (
    Accepted,
    Acknowledged,
    Cancel,
    Countersigned,
    Delta,
    Finished,
    Listed,
    Ping,
    Pong,
    Pull,
    Refused,
    Started,
    Tokens,
)
from closedmesh.mesh.session import EXCHANGES, Exchange, Phase
from closedmesh.models.chat import FinishReason
from tests.support.mesh import example_ask, example_messages

EXAMPLES = example_messages()
ASK = example_ask()
LEFT = ASK.max_tokens - len(ASK.begun)
REFUSED = Refused(RefusalCode.BUSY)
ANSWER = [Accepted(0), Started(5, 0), Tokens((1, 2), "ab"), Tokens((3,), "c")]
FINISHED = Finished(FinishReason.STOP, 5, 0, 3)


def talk(*messages):
    """Two ends; what the opener says is an opening, `Cancel` or `Countersigned`."""
    opener, answerer = Exchange.opening(), Exchange.answering()
    for message in messages:
        by_opener = type(message) in (*EXCHANGES, Acknowledged, Cancel, Countersigned)
        speaker, listener = (opener, answerer) if by_opener else (answerer, opener)
        assert listener.receive(speaker.send(message)) in ([message], [])
    return opener, answerer


def receives(*messages):
    """An asker that hears these answers."""
    opener = Exchange.opening()
    opener.send(ASK)
    opener.receive(b"".join(encode(message) for message in messages))
    return opener


def test_a_question_is_answered():
    opener, answerer = talk(ASK, *ANSWER, FINISHED)

    assert opener.done
    assert answerer.done
    opener.receive_end()
    answerer.receive_end()


@pytest.mark.parametrize("opening", EXCHANGES)
def test_every_exchange_has_its_answer(opening):
    question = next(message for message in EXAMPLES if type(message) is opening)
    shape = EXCHANGES[opening]
    if shape.first is not None:
        return
    answer = next(message for message in EXAMPLES if type(message) is shape.last)

    opener, answerer = talk(question, answer)

    assert (opener.phase, answerer.phase) == (Phase.ANSWERED, Phase.ANSWERED)


@pytest.mark.parametrize("said", range(len(ANSWER) + 1))
def test_a_refusal_ends_an_answer_at_any_point(said):
    opener, answerer = talk(ASK, *ANSWER[:said], REFUSED)

    assert opener.done
    with pytest.raises(LocalProtocolError):
        answerer.send(FINISHED)


@pytest.mark.parametrize("said", range(len(ANSWER) + 1))
def test_an_answer_that_breaks_off_is_not_complete(said):
    opener, _ = talk(ASK, *ANSWER[:said])

    assert not opener.done
    with pytest.raises(RemoteProtocolError, match="before the exchange was complete"):
        opener.receive_end()


def test_a_directory_comes_in_parts():
    part = Delta((), b"1", complete=False)
    opener, _ = talk(Pull(), part, part)
    assert not opener.done

    opener, _ = talk(Pull(), part, structs.replace(part, complete=True))
    assert opener.done


def test_thanks_may_follow_an_answer():
    receipt = next(message for message in EXAMPLES if isinstance(message, Countersigned))

    _, answerer = talk(ASK, *ANSWER, FINISHED, receipt)

    assert answerer.phase is Phase.OVER
    with pytest.raises(LocalProtocolError):
        talk(ASK, Accepted(0), receipt)


def test_an_asker_may_stop_at_any_time():
    for said in range(len(ANSWER) + 1):
        opener, answerer = talk(ASK, *ANSWER[:said], Cancel())
        assert opener.done
        assert answerer.done
        with pytest.raises(LocalProtocolError):
            answerer.send(FINISHED)


def test_what_was_on_its_way_when_the_asker_stopped_is_passed_over():
    opener, answerer = talk(ASK, *ANSWER)
    late = answerer.send(FINISHED)
    stop = opener.send(Cancel())

    assert opener.receive(late) == []
    assert answerer.receive(stop) == [Cancel()]
    opener.receive_end()
    answerer.receive_end()


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([Tokens((1,), "a")], "Tokens from the answerer while ASKED"),
        ([Accepted(0), Tokens((1,), "a")], "before it began"),
        ([Accepted(0), Started(1, 0), Started(1, 0)], "began twice"),
        ([Accepted(0), Started(1, 0), Accepted(1)], "back to its queue"),
        ([Accepted(0), Started(1, 0), Tokens((1,) * (LEFT + 1))], "longer than was asked"),
        ([Accepted(0), Started(1, 0), *[Tokens((1,))] * (LEFT + 1)], "longer than was asked"),
        ([Accepted(0), Started(1, 0), Tokens((), "x" * 40_000)], "longer than was asked"),
        ([*ANSWER, structs.replace(FINISHED, completion_tokens=9)], "3 tokens came, 9 are"),
        ([*ANSWER, FINISHED, Tokens((1,))], "while ANSWERED"),
        ([*ANSWER, FINISHED, FINISHED], "while ANSWERED"),
        ([REFUSED, REFUSED], "while OVER"),
        ([Pong()], "Pong from the answerer"),
        ([ASK], "Ask from the answerer"),
    ],
)
def test_an_answer_out_of_order_is_the_answerers_fault(answers, reason):
    with pytest.raises(RemoteProtocolError, match=reason):
        receives(*answers)


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda m: type(m).__name__)
def test_only_some_messages_open_an_exchange(message):
    if type(message) in EXCHANGES:
        assert Exchange.answering().receive(encode(message)) == [message]
    else:
        with pytest.raises(RemoteProtocolError, match="while NEW"):
            Exchange.answering().receive(encode(message))
        with pytest.raises(LocalProtocolError):
            Exchange.opening().send(message)


def test_our_own_fault_is_ours():
    exchange = Exchange.opening()
    exchange.send(Ping())

    with pytest.raises(LocalProtocolError):
        exchange.send(Ping())
    with pytest.raises(LocalProtocolError):
        Exchange.answering().send(Listed(1))
    with pytest.raises(LocalProtocolError):
        Exchange.answering().send(Ping())


def test_a_stream_without_a_word_is_an_error():
    with pytest.raises(RemoteProtocolError):
        Exchange.answering().receive_end()


@given(st.booleans(), st.lists(st.sampled_from(EXAMPLES), max_size=6))
def test_any_messages_are_an_exchange_or_the_others_fault(asked, messages):
    exchange = Exchange.opening() if asked else Exchange.answering()
    if asked:
        exchange.send(ASK)
    try:
        for message in messages:
            exchange.receive(encode(message))
        exchange.receive_end()
    except RemoteProtocolError:
        return
    assert exchange.done or (not asked and type(messages[0]) in EXCHANGES)


VOUCHER = next(message for message in EXAMPLES if type(message) is Acknowledged)


def test_an_asker_acknowledges_what_came_and_no_oftener():
    tokens = Tokens((1,) * 256, "a")
    longer = structs.replace(ASK, max_tokens=2000)
    opener, answerer = talk(longer, Accepted(0), Started(0, 0), tokens, VOUCHER, tokens, VOUCHER)
    with pytest.raises(RemoteProtocolError, match="more was acknowledged"):
        answerer.receive(encode(VOUCHER))
    opener, answerer = talk(longer, Accepted(0), Started(2560, 0), Tokens((1,), "a"), VOUCHER)
    with pytest.raises(LocalProtocolError):
        opener.send(VOUCHER)


def test_a_voucher_may_cross_the_end_of_an_answer():
    opener, answerer = talk(
        structs.replace(ASK, max_tokens=2000), Accepted(0), Started(0, 0), Tokens((1,) * 300, "a"),
        Finished(FinishReason.STOP, 0, 0, 300), VOUCHER, Countersigned(VOUCHER.voucher),
    )  # fmt: skip
    assert opener.phase is answerer.phase is Phase.OVER
    with pytest.raises(RemoteProtocolError, match="while ASKED"):
        talk(ASK)[1].receive(encode(VOUCHER))
