-- Cases by administrative procedure: what share of the finished ones was finished when due or before. The code is that of the revision in force.
SELECT
  s.code AS code,
  l.name AS name,
  COUNT(DISTINCT c.agency) AS agencies,
  CAST(SUM(c.received) AS BIGINT) AS received,
  CAST(SUM(c.finished) AS BIGINT) AS finished,
  CAST(SUM(c.late) AS BIGINT) AS late,
  CAST(SUM(c.overdue) AS BIGINT) AS overdue,
  CAST(0.1 * CAST(FLOOR(0.5 + 1000 * CAST(SUM(c.finished - c.late) AS DOUBLE) / NULLIF(SUM(c.finished), 0)) AS DECIMAL(5, 0)) AS DECIMAL(5, 1)) AS in_time
FROM cases AS c
JOIN documents AS d ON d.agency = c.agency AND d.id = c.procedure AND d.status = 'effective'
JOIN services AS s ON s.agency = d.agency AND s.document = d.id AND s.revision = d.revision
LEFT JOIN listed AS l ON l.code = s.code
GROUP BY s.code, l.name
ORDER BY s.code
