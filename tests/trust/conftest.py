"""What tests of trust share."""

from tests.support.phrases import phrases, words

__all__ = ["phrases", "words"]
