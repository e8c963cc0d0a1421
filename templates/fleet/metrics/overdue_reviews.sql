-- Documents in force that should have been reviewed.
SELECT d.agency AS agency, a.name AS name, d.id AS document, d.type AS type, d.revision AS revision, d.next_review AS due
FROM documents AS d
JOIN agencies AS a ON a.code = d.agency
CROSS JOIN asked AS q
WHERE d.status = 'effective' AND d.next_review < q.day
ORDER BY d.next_review, d.agency, d.id
