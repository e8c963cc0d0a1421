-- Cases by agency: what share of the finished ones was finished when due or before.
SELECT
  a.code AS agency,
  a.name AS name,
  SUM(c.received) AS received,
  SUM(c.finished) AS finished,
  SUM(c.late) AS late,
  SUM(c.overdue) AS overdue,
  CAST(ROUND(100.0 * SUM(c.finished - c.late) / NULLIF(SUM(c.finished), 0), 1) AS DECIMAL(5, 1)) AS in_time,
  SUM(c.unread) AS unread
FROM cases AS c
JOIN agencies AS a ON a.code = c.agency
GROUP BY a.code, a.name
ORDER BY a.code
