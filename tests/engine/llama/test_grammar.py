import numpy as np
import pytest

from closedmesh.engine.llama.grammar import Grammar
from closedmesh.errors import BadRequest

pytestmark = pytest.mark.model


def token(model, text):
    (number,) = model.tokenize(text, special=False, beginning=False)
    return number


def test_only_what_follows_is_allowed(model):
    grammar = Grammar(model, 'root ::= "yes" | "no"')
    yes, no, other = (token(model, word) for word in ("yes", "no", "cat"))
    assert grammar.allowed(np.array([yes, no, other])).tolist() == [True, True, False]
    assert not grammar.accept([other])
    assert grammar.accept([yes])
    assert not grammar.accept([no])


def test_an_end_is_allowed_where_the_grammar_is_complete(model):
    (end,) = model.tokenize("<|im_end|>", special=True, beginning=False)
    grammar = Grammar(model, 'root ::= "yes"')
    assert not grammar.allowed(np.array([end]))[0]
    grammar.accept([token(model, "yes")])
    assert grammar.allowed(np.array([end]))[0]


@pytest.mark.parametrize("text", ["root ::= (", 'other ::= "a"', "root ::= root", "root ::= x"])
def test_what_is_no_grammar_is_refused(model, text):
    with pytest.raises(BadRequest):
        Grammar(model, text)
