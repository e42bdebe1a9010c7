"""Whom to believe: pure functions of values. No I/O, no clock, no chance.

`draws` turns a secret into choices that can be repeated, `probes` makes questions from them that
look like any chat, `epochs` lets everybody see later that nothing was picked afterwards.
`digests` names weights and templates. `traces` commits a peer to the numbers behind each token
before it knows which of them it must show, and `openings` looks at what it showed.
`divergence` compares numbers with those of a reference copy, `sequential` decides with stated
error rates, `calibration` holds what honest peers look like, `verdicts` says it in a word, and
`standing` says what follows for a peer. `receipts` are what both sides of an answer have
signed, and `book` looks at all that a peer keeps of them.
"""
