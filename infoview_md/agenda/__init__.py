"""What to do next, and why: stages, rules, due dates. Derived from the network, the settings and the time it is given.

Touches no disk and no clock, and writes nothing down: what is due follows from the notes each time anew.
"""
