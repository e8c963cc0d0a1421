"""The mends of rules: which command begins, fills, moves, respells or signs what a diagnostic complains of."""
