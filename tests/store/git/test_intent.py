"""What is to be done about a commit that was meant: nothing of what others have committed since is ever undone."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from qmsctl.store.git.intent import Head, Intent, Outlook, Turn, outlook
from qmsctl.store.git.object_bytes import Entry

ENTRIES = st.none() | st.builds(Entry, st.sampled_from(["100644", "100755"]), st.sampled_from(["1" * 40, "2" * 40]))
TURNS = st.lists(st.tuples(ENTRIES, ENTRIES).filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=3).map(
    lambda pairs: tuple(Turn(str(number), *pair) for number, pair in enumerate(pairs))
)
INTENTS = st.builds(
    Intent, st.just("refs/heads/main"), st.sampled_from([None, "a" * 40]), st.just("b" * 40), TURNS, st.text(), st.none() | st.text(min_size=1)
)


@st.composite
def heads(draw: st.DrawFn, intent: Intent) -> Head:
    """Any branch: at the commit that is known, or at another one with anything at the paths in question."""
    commit = draw(st.sampled_from([intent.parent, intent.commit, "c" * 40]))
    known = {intent.parent: "before", intent.commit: "after"}.get(commit)
    held: dict[str, Entry | None] = {
        turn.path: getattr(turn, known) if known else draw(st.sampled_from([turn.before, turn.after]) | ENTRIES) for turn in intent.turns
    }
    return Head(draw(st.sampled_from(["refs/heads/main", "refs/heads/side", None])), commit, held)


@given(st.data())
def test_the_outlook(data: st.DataObject) -> None:
    intent = data.draw(INTENTS)
    head = data.draw(heads(intent))
    has_all = all(head.held[turn.path] == turn.after for turn in intent.turns)
    others = any(head.held[turn.path] not in (turn.before, turn.after) for turn in intent.turns)
    found = outlook(intent, head)
    assert (found is Outlook.MADE) == has_all
    assert (found is Outlook.AS_MEANT) == (head[:2] == (intent.branch, intent.parent))
    if found in (Outlook.AS_MEANT, Outlook.ON_ANOTHER):
        assert head.branch == intent.branch
        assert not others
    if found is Outlook.ON_ANOTHER:
        assert intent.by, "a merge is made once more by sync, and not on top of anything"
    if others and not has_all:
        assert found in (Outlook.OTHER_BRANCH, Outlook.OVERTAKEN)


@given(INTENTS)
def test_it_is_the_same_out_of_a_journal(intent: Intent) -> None:
    assert Intent.from_data(json.loads(json.dumps(intent.as_data()))) == intent
