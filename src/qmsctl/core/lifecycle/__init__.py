"""What people do to documents and records: pure functions that return an edit or refuse.

A function here refuses only what makes no sense as a request, such as approving what nobody has
submitted. Whether the result is allowed is judged by the rules, on the library after the edit.
"""
