"""The mesh protocol: what peers say to one another, and what it means.

Everything here is pure. Nothing opens a socket, reads a clock or rolls dice: bytes, messages,
keys and the time come in as arguments, decisions go out as values.

Two peers talk over a carrier that proves both keys and encrypts (QUIC with TLS 1.3). On it, one
bidirectional stream is one exchange (`session`): an opening message, the answer, an explicit end.
`codec` has the frames and the limits, `messages` every message.

1. *Joining.* An invite (`invites`) names the mesh, where its entries are, and a secret. The peer
   signs a `Redemption` of the secret with its node key; the entry counts it and gives a
   certificate (`membership`).
2. *Connecting.* `Hello` and `Welcome` show both certificates; each side checks the other's chain
   up to the mesh's own key, against the revocations it knows. Each later stream is authorised by
   the scope of the certificate: chat may ask, share may offer, entry may admit.
3. *Finding.* Peers that share send signed announcements to the entries they know; everybody
   pulls what changed (`Pull`, `Delta`), in a large mesh a part of it (`neighbourhoods`), and asks
   for a model that is missing (`Find`). Revocations come with every pull, and so does where the
   entries are (`entries`). Each peer turns to two of them; they agree on invites, members and
   asking keys among themselves (`records`).
4. *Asking.* `Ask` goes straight from the asker to the peer that answers; no entry is on the way.
   Tokens come with their ids and the seed is the asker's, so another peer can go on where one
   broke off.

Known attacks and what they meet:

- strangers by the thousand, guessed secrets: a limit for each address and for all together
  (`allowances`), and never a bit about a secret that was near;
- an unknown key, a certificate of another key, mesh or scope, expired or revoked: `Refused`, and
  no byte of service;
- an invite cut short, mistyped, forged, expired, used up or revoked: each told apart;
- a redemption or asking key replayed at another entry: it names the entry it was made for;
- an entry that deposes another one: only the mesh's own key makes and unmakes entries;
- an entry that says another one is elsewhere: each signs its own address only;
- an entry that is unmade: its members are renewed by the others, by what all have written down;
- an announcement of another peer, an old one again, ten thousand bogus ones: unlisted; the
  directory has a place for members only and a bounded number of them;
- a frame longer than its kind may be, unknown kinds, any other bytes: the stream ends with a
  protocol error before memory is spent;
- an endless answer: more tokens or text than were asked for end the exchange;
- an answer that is broken off: only `Finished` completes it.

Not hidden: the serving peer reads the prompt and sees an address; an entry knows which member an
asking key belongs to; whoever watches the wire sees who talks to whom, when, and roughly how much.
"""
