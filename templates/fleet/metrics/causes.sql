-- Groups of causes that nonconformities of the last year have in more than one agency.
SELECT r.cause AS cause, COUNT(DISTINCT r.agency) AS agencies, COUNT(*) AS nonconformities, SUM(CASE WHEN r.severity = 'major' THEN 1 ELSE 0 END) AS major
FROM records AS r
CROSS JOIN asked AS q
WHERE r.type = 'nonconformity' AND NOT r.given_up AND r.cause IS NOT NULL AND r.opened >= q.year_ago
GROUP BY r.cause
HAVING COUNT(DISTINCT r.agency) > 1
ORDER BY agencies DESC, nonconformities DESC, cause
