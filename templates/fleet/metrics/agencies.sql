-- Each agency on the list: when it sent rows last, what is in force there, and when it declared and was audited last.
WITH in_force AS (
  SELECT agency, COUNT(*) AS documents, SUM(CASE WHEN type = 'procedure' THEN 1 ELSE 0 END) AS procedures
  FROM documents WHERE status = 'effective' GROUP BY agency
),
declared AS (
  SELECT agency, MAX(closed) AS declared
  FROM records WHERE type = 'declaration' AND final AND NOT given_up GROUP BY agency
),
audited AS (
  SELECT agency, MAX(closed) AS audited
  FROM records WHERE type = 'audit' AND final AND NOT given_up GROUP BY agency
),
found AS (
  SELECT agency, CAST(SUM(count) AS BIGINT) AS errors
  FROM diagnostics WHERE severity = 'error' AND NOT ignored GROUP BY agency
)
SELECT
  a.code AS agency,
  a.name AS name,
  a.sent AS sent,
  CASE WHEN a.sent IS NULL THEN NULL ELSE COALESCE(i.documents, 0) END AS documents,
  CASE WHEN a.sent IS NULL THEN NULL ELSE COALESCE(i.procedures, 0) END AS procedures,
  d.declared AS declared,
  u.audited AS audited,
  CASE WHEN a.sent IS NULL THEN NULL ELSE COALESCE(f.errors, 0) END AS errors
FROM agencies AS a
LEFT JOIN in_force AS i ON i.agency = a.code
LEFT JOIN declared AS d ON d.agency = a.code
LEFT JOIN audited AS u ON u.agency = a.code
LEFT JOIN found AS f ON f.agency = a.code
ORDER BY a.code
