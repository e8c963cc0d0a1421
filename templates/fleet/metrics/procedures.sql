-- Administrative procedures of the list, and others that were sent by their codes: how many agencies have one in force for them.
WITH served AS (
  SELECT DISTINCT d.agency AS agency, s.code AS code
  FROM documents AS d
  JOIN services AS s ON s.agency = d.agency AND s.document = d.id AND s.revision = d.revision
  WHERE d.status = 'effective'
),
sent AS (
  SELECT COUNT(*) AS agencies FROM agencies WHERE sent IS NOT NULL
),
codes AS (
  SELECT code FROM listed
  UNION
  SELECT code FROM served
),
counted AS (
  SELECT code, COUNT(*) AS agencies FROM served GROUP BY code
)
SELECT
  c.code AS code,
  l.name AS name,
  CASE WHEN l.code IS NULL THEN 'no' ELSE 'yes' END AS on_list,
  COALESCE(n.agencies, 0) AS agencies,
  t.agencies - COALESCE(n.agencies, 0) AS lacking
FROM codes AS c
CROSS JOIN sent AS t
LEFT JOIN listed AS l ON l.code = c.code
LEFT JOIN counted AS n ON n.code = c.code
ORDER BY c.code
