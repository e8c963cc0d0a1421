-- What shows who gave the sign-offs of each agency, and how many of them somebody outside had seen by a day.
SELECT
  a.code AS agency,
  a.name AS name,
  COUNT(*) AS sign_offs,
  SUM(CASE WHEN s.level = 'entered' THEN 1 ELSE 0 END) AS entered,
  SUM(CASE WHEN s.level = 'declared' THEN 1 ELSE 0 END) AS declared,
  SUM(CASE WHEN s.level = 'evidenced' THEN 1 ELSE 0 END) AS evidenced,
  SUM(CASE WHEN s.level = 'signed' THEN 1 ELSE 0 END) AS signed,
  COUNT(s.witnessed) AS witnessed
FROM signoffs AS s
JOIN agencies AS a ON a.code = s.agency
GROUP BY a.code, a.name
ORDER BY a.code
