-- Nonconformities that have been open for longer than so many days.
SELECT r.agency AS agency, a.name AS name, r.id AS record, r.severity AS severity, r.cause AS cause, r.state AS state, r.opened AS opened, r.due AS due
FROM records AS r
JOIN agencies AS a ON a.code = r.agency
CROSS JOIN asked AS q
WHERE r.type = 'nonconformity' AND NOT r.final AND r.opened < q.long_ago
ORDER BY r.opened, r.agency, r.id
