-- Every figure of windows.csv from all accepted events at once.
--
-- A story is a set of events with settings of its own. Many stories are told in one query, because a query costs more
-- than a small story does. Tables that the caller fills:
--   events    the accepted events; kind is 0 for a click, 1 for a visit, 2 for a payment; times in milliseconds
--   settings  one row for each story: landing_ms, attribution_ms
--   windows   for each story the labels in use and, but for 1d, their size_ms and the offset_ms of their starts
--   days      for each story the calendar days: a stretch of time begins at from_ms, in the day that began at day_start

WITH ordered AS MATERIALIZED (
    -- visitor numbers one visitor of one story. position is the total order: it spans all visitors, so it also orders
    -- the events of each.
    SELECT
        *,
        dense_rank() OVER (ORDER BY story, visitor_id) AS visitor,
        row_number() OVER (ORDER BY event_time, kind, id) AS position
    FROM events
),

clicks AS MATERIALIZED (SELECT * FROM ordered WHERE kind = 0),

visits AS MATERIALIZED (SELECT * FROM ordered WHERE kind = 1),

-- The latest click before a visit that it names, and the latest on its product. When the latest lies before the
-- landing window, so do all others.
visit_candidates AS (
    SELECT
        v.*,
        named.position AS named_position,
        named.event_time > v.event_time - landing_ms AS named_holds,
        named.source AS named_source,
        named.campaign_id AS named_campaign,
        viewed.position AS viewed_position,
        viewed.event_time > v.event_time - landing_ms AS viewed_holds,
        viewed.source AS viewed_source,
        viewed.campaign_id AS viewed_campaign
    FROM visits AS v
    JOIN settings USING (story)
    ASOF LEFT JOIN clicks AS named
        ON v.visitor = named.visitor AND v.click_id = named.id AND v.position > named.position
    ASOF LEFT JOIN clicks AS viewed
        ON v.visitor = viewed.visitor AND v.product_id = viewed.product_id AND v.position > viewed.position
),

-- The first rule that applies.
visit_rules AS (
    SELECT
        *,
        CASE WHEN named_holds THEN 1 WHEN source IS NOT NULL THEN 2 WHEN viewed_holds THEN 3 ELSE 4 END AS rule
    FROM visit_candidates
),

resolved_visits AS MATERIALIZED (
    SELECT
        story, position, visitor, product_id, event_time,
        CASE rule WHEN 1 THEN named_source WHEN 2 THEN source WHEN 3 THEN viewed_source ELSE 'direct' END AS source,
        CASE rule WHEN 1 THEN named_campaign WHEN 2 THEN campaign_id WHEN 3 THEN viewed_campaign END AS campaign_id,
        CASE rule WHEN 1 THEN named_position WHEN 3 THEN viewed_position END AS click_position
    FROM visit_rules
),

-- A click lands once, at the first visit that it was given.
landings AS (
    SELECT click_position, arg_min(event_time, position) AS landed_at
    FROM resolved_visits
    WHERE click_position IS NOT NULL
    GROUP BY click_position
),

touches AS MATERIALIZED (
    SELECT position, visitor, product_id, event_time, source, campaign_id FROM clicks WHERE source <> 'direct'
    UNION ALL
    SELECT position, visitor, product_id, event_time, source, campaign_id FROM resolved_visits
    WHERE source <> 'direct'
),

-- The latest touch that is not direct and the latest visit before a payment, on the paid product and on any.
payment_candidates AS (
    SELECT
        p.*,
        own.event_time > p.event_time - attribution_ms AS own_holds,
        own.source AS own_source,
        own.campaign_id AS own_campaign,
        other.event_time > p.event_time - attribution_ms AS other_holds,
        other.source AS other_source,
        other.campaign_id AS other_campaign,
        own_visit.event_time > p.event_time - attribution_ms AS own_visit_holds,
        other_visit.event_time > p.event_time - attribution_ms AS other_visit_holds
    FROM ordered AS p
    JOIN settings USING (story)
    ASOF LEFT JOIN touches AS own
        ON p.visitor = own.visitor AND p.product_id = own.product_id AND p.position > own.position
    ASOF LEFT JOIN touches AS other
        ON p.visitor = other.visitor AND p.position > other.position
    ASOF LEFT JOIN resolved_visits AS own_visit
        ON p.visitor = own_visit.visitor AND p.product_id = own_visit.product_id
        AND p.position > own_visit.position
    ASOF LEFT JOIN resolved_visits AS other_visit
        ON p.visitor = other_visit.visitor AND p.position > other_visit.position
    WHERE p.kind = 2
),

payment_rules AS (
    SELECT
        *,
        CASE WHEN own_holds THEN 1 WHEN other_holds THEN 2 WHEN other_visit_holds THEN 3 ELSE 4 END AS rule
    FROM payment_candidates
),

credited_payments AS (
    SELECT
        story, visitor, product_id, event_time, quantity, amount_micros,
        CASE rule WHEN 1 THEN own_source WHEN 2 THEN other_source WHEN 3 THEN 'direct' ELSE 'unknown' END AS source,
        CASE rule WHEN 1 THEN own_campaign WHEN 2 THEN other_campaign END AS campaign_id,
        CASE rule WHEN 2 THEN true WHEN 3 THEN own_visit_holds IS NOT TRUE ELSE false END AS halo
    FROM payment_rules
),

-- All that counts, once, where it counts.
contributions AS (
    SELECT
        'click' AS fact, story, visitor, product_id, source, campaign_id, event_time,
        0 AS quantity, cost_micros AS micros, false AS halo
    FROM clicks
    UNION ALL
    SELECT 'landing', story, visitor, product_id, source, campaign_id, landed_at, 0, 0, false
    FROM landings JOIN clicks ON clicks.position = landings.click_position
    UNION ALL
    SELECT 'visit', story, visitor, product_id, source, campaign_id, event_time, 0, 0, false
    FROM resolved_visits
    UNION ALL
    SELECT 'payment', story, visitor, product_id, source, campaign_id, event_time, quantity, amount_micros, halo
    FROM credited_payments
),

dated AS (
    SELECT c.*, d.day_start
    FROM contributions AS c ASOF JOIN days AS d ON c.story = d.story AND c.event_time >= d.from_ms
),

windowed AS (
    SELECT
        dated.*,
        w.label AS size,
        CASE w.label WHEN '1d' THEN day_start ELSE event_time - (event_time - w.offset_ms) % w.size_ms END AS start_ms
    FROM dated JOIN windows AS w ON dated.story = w.story
)

-- No row's measures can all be zero: each contribution counts in one of them. Sums beyond BIGINT fail in the cast.
SELECT
    story,
    size AS "window",
    strftime(epoch_ms(start_ms), '%Y-%m-%dT%H:%M:%SZ') AS window_start,
    CASE GROUPING(product_id, source, campaign_id)
        WHEN 7 THEN 'total' WHEN 3 THEN 'product' WHEN 5 THEN 'source' WHEN 1 THEN 'product_source' ELSE 'campaign'
    END AS dimension,
    coalesce(product_id, '') AS product_key,
    coalesce(source, '') AS source_key,
    coalesce(campaign_id, '') AS campaign_key,
    count(*) FILTER (fact = 'click') AS clicks,
    coalesce(sum(micros) FILTER (fact = 'click'), 0)::BIGINT AS cost_micros,
    count(*) FILTER (fact = 'landing') AS landings,
    count(*) FILTER (fact = 'visit') AS visits,
    count(DISTINCT visitor) FILTER (fact = 'visit') AS visitors,
    count(*) FILTER (fact = 'payment') AS payments,
    count(DISTINCT visitor) FILTER (fact = 'payment') AS buyers,
    coalesce(sum(quantity) FILTER (fact = 'payment'), 0)::BIGINT AS units,
    coalesce(sum(micros) FILTER (fact = 'payment'), 0)::BIGINT AS revenue_micros,
    count(*) FILTER (fact = 'payment' AND halo) AS halo_payments,
    coalesce(sum(micros) FILTER (fact = 'payment' AND halo), 0)::BIGINT AS halo_revenue_micros
FROM windowed
GROUP BY GROUPING SETS (
    (story, size, start_ms),
    (story, size, start_ms, product_id),
    (story, size, start_ms, source),
    (story, size, start_ms, product_id, source),
    (story, size, start_ms, source, campaign_id)
)
HAVING dimension <> 'campaign' OR campaign_id IS NOT NULL
ORDER BY story, "window", window_start, dimension, product_key, source_key, campaign_key
