-- Agencies on the list that sent nothing, or nothing since the day from which they were expected to.
SELECT a.code AS agency, a.name AS name, a.sent AS sent
FROM agencies AS a
CROSS JOIN asked AS q
WHERE a.sent IS NULL OR a.sent < q.expected
ORDER BY a.code
