"""Sync under every mishap, on the real modules: encrypted stores, the loop, the hub; and an oracle that knows none of them.

One history is a list of steps made from a seed: people open forms, save, take things away and bring them back, sync over a
net that loses and doubles, crash at any write on either side, turn clocks by years, put laptops and the hub back from
backups, copy a laptop, leave and join cases, run different versions. At its end everything is let heal, and what must hold
is checked (``docs/sync.md``, invariants I1-I10, I11, I14). A failing history is shrunk to the steps that matter.
"""
