-- Records of which something is past due, by agency and type.
SELECT r.agency AS agency, a.name AS name, r.type AS type, COUNT(*) AS late, MIN(r.due) AS oldest
FROM records AS r
JOIN agencies AS a ON a.code = r.agency
CROSS JOIN asked AS q
WHERE NOT r.final AND r.due < q.day
GROUP BY r.agency, a.name, r.type
ORDER BY r.agency, r.type
