"""New versions of the program: whether there is one, whether it is genuine, and bringing it here.

Nothing is asked for unless the owner's settings say so. What is fetched is believed only with
signatures that lead to the keys which came with the program (The Update Framework), and what runs
is never touched: the new version lies beside it and is started with the next start.
"""
