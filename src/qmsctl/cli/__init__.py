"""The command line: parse, call one function, print. One module a command."""
