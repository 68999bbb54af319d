-- SQL that SQLite and PostgreSQL read alike. A party is an institution's key, or country:XX for a state.

CREATE VIEW standing_extractions AS
SELECT * FROM extractions WHERE until IS NULL;

CREATE VIEW standing_institutions AS
SELECT i.key, i.name, i.kind, i.country, i.known, count(DISTINCT a.document) AS articles
FROM institutions i
JOIN appearances a ON a.institution = i.key
JOIN standing_extractions e ON e.document = a.document AND e.run = a.run
GROUP BY i.key, i.name, i.kind, i.country, i.known;

-- On a day: in_force_from <= day (or empty: not known since when) and in_force_to >= day (or empty: open, or not known).
-- basis: `valid` where an article says from when to when; `signed` where only the day of signing is known.
CREATE VIEW agreements_in_force AS
SELECT id, run, kind, status, parties, signed, valid,
       coalesce(valid_from, signed_from) AS in_force_from, valid_to AS in_force_to,
       CASE WHEN valid IS NULL THEN 'signed' ELSE 'valid' END AS basis
FROM agreements
WHERE until IS NULL
  AND coalesce(status, '') <> 'planned'
  AND (valid IS NOT NULL OR signed_from IS NOT NULL)
  AND (coalesce(status, '') <> 'ended' OR valid_to IS NOT NULL);

CREATE VIEW agreement_pairs AS
SELECT a.id, a.run, a.kind, a.status, a.signed_from, a.valid_from, a.valid_to,
       coalesce(x.institution, 'country:' || x.country) AS party,
       coalesce(y.institution, 'country:' || y.country) AS partner
FROM agreements a
JOIN agreement_parties x ON x.agreement = a.id AND x.run = a.run
JOIN agreement_parties y ON y.agreement = a.id AND y.run = a.run AND y.position <> x.position
WHERE a.until IS NULL;

-- The words that bear an agreement out: what names it, then its parties and dates, in the articles that stand.
CREATE VIEW agreement_evidence AS
SELECT a.id AS agreement, t.document, e.source, e.run, t.telling, v.start_offset, v.end_offset, v.text, v.rule,
       CASE WHEN v.number = g.evidence THEN 1 ELSE 0 END AS names_it
FROM agreements a
JOIN agreement_tellings t ON t.agreement = a.id AND t.run = a.run
JOIN standing_extractions e ON e.document = t.document AND e.run = t.document_run
JOIN tellings g ON g.document = t.document AND g.run = t.document_run AND g.id = t.telling
JOIN evidences v ON v.document = t.document AND v.run = t.document_run
 AND (v.number = g.evidence OR EXISTS (
       SELECT 1 FROM telling_evidences o
       WHERE o.document = g.document AND o.run = g.run AND o.telling = g.id AND o.evidence = v.number))
WHERE a.until IS NULL;

-- A number of things that one party gave another. `shared`: 1 where several givers or receivers share the number.
-- Counts that are part of another count are left out: they would be added twice.
CREATE VIEW copy_transfers AS
SELECT c.document, c.run, c.id, c.evidence,
       coalesce(g.institution, 'country:' || g.country) AS giver,
       coalesce(r.institution, 'country:' || r.country) AS receiver,
       c.number, c.number_max, c.bound, c.unit, c.item, c.date,
       CASE WHEN substr(c.earliest, 1, 4) = substr(c.latest, 1, 4)
            THEN CAST(substr(c.earliest, 1, 4) AS INTEGER) END AS year,
       CASE WHEN (SELECT count(*) FROM copy_count_parties p
                  WHERE p.document = c.document AND p.run = c.run AND p.copy_count = c.id
                    AND p.role IN ('from', 'to')) > 2 THEN 1 ELSE 0 END AS shared
FROM copy_counts c
JOIN standing_extractions e ON e.document = c.document AND e.run = c.run
JOIN copy_count_parties g ON g.document = c.document AND g.run = c.run AND g.copy_count = c.id AND g.role = 'from'
JOIN copy_count_parties r ON r.document = c.document AND r.run = c.run AND r.copy_count = c.id AND r.role = 'to'
WHERE c.act = 'transferred' AND c.part_of IS NULL;

-- What several articles tell alike (giver, receiver, date, number, unit) is counted once.
-- inexact: how many of the numbers are bounds, ranges or approximations; then `copies` is of their lower ends.
CREATE VIEW copies_exchanged AS
SELECT giver, receiver, year, unit, shared, CAST(sum(number * times) AS BIGINT) AS copies,
       CAST(sum(times) AS BIGINT) AS counts,
       CAST(sum(CASE WHEN bound IS NULL AND number_max IS NULL THEN 0 ELSE times END) AS BIGINT) AS inexact
FROM (SELECT giver, receiver, year, unit, shared, date, number, number_max, bound, max(times) AS times
      FROM (SELECT giver, receiver, year, unit, shared, date, number, number_max, bound, document, count(*) AS times
            FROM copy_transfers
            GROUP BY giver, receiver, year, unit, shared, date, number, number_max, bound, document) AS by_article
      GROUP BY giver, receiver, year, unit, shared, date, number, number_max, bound) AS told
GROUP BY giver, receiver, year, unit, shared;

-- Who works with whom: standing agreements, and how often one gave the other something.
CREATE VIEW partners AS
SELECT institution, partner, CAST(sum(agreements) AS BIGINT) AS agreements,
       CAST(sum(given) AS BIGINT) AS given, CAST(sum(received) AS BIGINT) AS received
FROM (SELECT party AS institution, partner, 1 AS agreements, 0 AS given, 0 AS received FROM agreement_pairs
      UNION ALL
      SELECT giver, receiver, 0, counts, 0 FROM copies_exchanged
      UNION ALL
      SELECT receiver, giver, 0, 0, counts FROM copies_exchanged) AS ties
GROUP BY institution, partner;
