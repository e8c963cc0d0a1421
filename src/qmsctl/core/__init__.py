"""The pure heart: the model, reading and splicing of text, life cycle, status, rule engine.

Nothing in this room opens a file, asks git, reads the clock or prints.
"""
