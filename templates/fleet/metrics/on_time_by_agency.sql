-- Cases by agency: what share of the finished ones was finished when due or before.
SELECT
  a.code AS agency,
  a.name AS name,
  CAST(SUM(c.received) AS BIGINT) AS received,
  CAST(SUM(c.finished) AS BIGINT) AS finished,
  CAST(SUM(c.late) AS BIGINT) AS late,
  CAST(SUM(c.overdue) AS BIGINT) AS overdue,
  CAST(0.1 * CAST(FLOOR(0.5 + 1000 * CAST(SUM(c.finished - c.late) AS DOUBLE) / NULLIF(SUM(c.finished), 0)) AS DECIMAL(5, 0)) AS DECIMAL(5, 1)) AS in_time,
  CAST(SUM(c.unread) AS BIGINT) AS unread
FROM cases AS c
JOIN agencies AS a ON a.code = c.agency
GROUP BY a.code, a.name
ORDER BY a.code
