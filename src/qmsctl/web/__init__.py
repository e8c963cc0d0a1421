"""A local page for one person at the own machine: what waits, and every act as its command would do it.

It stands beside the command line on the same acts. Nothing is kept but the files of the office and the secrets of one run.
"""
