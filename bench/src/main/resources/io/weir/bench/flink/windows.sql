-- The same tables as an analyst would write them in Flink SQL. The tables clicks, visits and payments are given: a column
-- event_ms, and event_time as their time attribute. {landing_ms} and {attribution_ms} are filled in. Statements end with
-- a semicolon at the end of a line.

-- Of each click, and of each visitor's clicks on a product, the latest up to a time: versioned tables.
CREATE TEMPORARY VIEW clicks_by_id AS
SELECT visitor_id, click_id, product_id, source, campaign_id, event_ms, event_time
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY visitor_id, click_id ORDER BY event_time DESC) AS version
    FROM clicks
)
WHERE version = 1;

CREATE TEMPORARY VIEW clicks_by_product AS
SELECT visitor_id, click_id, product_id, source, campaign_id, event_ms, event_time
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY visitor_id, product_id ORDER BY event_time DESC) AS version
    FROM clicks
)
WHERE version = 1;

CREATE TEMPORARY VIEW visit_rules AS
SELECT
    v.visitor_id,
    v.product_id,
    v.source AS own_source,
    v.campaign_id AS own_campaign,
    v.event_ms,
    v.event_time,
    named.click_id AS named_id,
    named.product_id AS named_product,
    named.source AS named_source,
    named.campaign_id AS named_campaign,
    viewed.click_id AS viewed_id,
    viewed.source AS viewed_source,
    viewed.campaign_id AS viewed_campaign,
    CASE
        WHEN named.event_ms > v.event_ms - {landing_ms} THEN 1
        WHEN v.source IS NOT NULL THEN 2
        WHEN viewed.event_ms > v.event_ms - {landing_ms} THEN 3
        ELSE 4
    END AS rule
FROM visits AS v
LEFT JOIN clicks_by_id FOR SYSTEM_TIME AS OF v.event_time AS named
    ON v.visitor_id = named.visitor_id AND v.click_id = named.click_id
LEFT JOIN clicks_by_product FOR SYSTEM_TIME AS OF v.event_time AS viewed
    ON v.visitor_id = viewed.visitor_id AND v.product_id = viewed.product_id;

CREATE TEMPORARY VIEW resolved_visits AS
SELECT
    visitor_id,
    product_id,
    CASE rule WHEN 1 THEN named_source WHEN 2 THEN own_source WHEN 3 THEN viewed_source ELSE 'direct' END AS source,
    CASE rule WHEN 1 THEN named_campaign WHEN 2 THEN own_campaign WHEN 3 THEN viewed_campaign END AS campaign_id,
    CASE rule WHEN 1 THEN named_id WHEN 3 THEN viewed_id END AS landed_id,
    CASE rule WHEN 1 THEN named_product WHEN 3 THEN product_id END AS landed_product,
    event_ms,
    event_time
FROM visit_rules;

CREATE TEMPORARY VIEW landings AS
SELECT visitor_id, landed_product AS product_id, source, campaign_id, event_time
FROM (
    SELECT
        *,
        COUNT(*) OVER (
            PARTITION BY visitor_id, landed_id ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS nth
    FROM resolved_visits
    WHERE landed_id IS NOT NULL
)
WHERE nth = 1;

-- Counted only because that puts each visitor's touches in the order of time: a versioned table drops what comes after a
-- later version, and visits leave their joins later than clicks come.
CREATE TEMPORARY VIEW touches AS
SELECT visitor_id, product_id, source, campaign_id, event_ms, event_time
FROM (
    SELECT
        *,
        COUNT(*) OVER (
            PARTITION BY visitor_id ORDER BY event_time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS nth
    FROM (
        SELECT visitor_id, product_id, source, campaign_id, event_ms, event_time FROM clicks
        UNION ALL
        SELECT visitor_id, product_id, source, campaign_id, event_ms, event_time FROM resolved_visits
    )
    WHERE source <> 'direct'
)
WHERE nth > 0;

CREATE TEMPORARY VIEW touches_by_product AS
SELECT visitor_id, product_id, source, campaign_id, event_ms, event_time
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY visitor_id, product_id ORDER BY event_time DESC) AS version
    FROM touches
)
WHERE version = 1;

CREATE TEMPORARY VIEW touches_by_visitor AS
SELECT visitor_id, source, campaign_id, event_ms, event_time
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY visitor_id ORDER BY event_time DESC) AS version
    FROM touches
)
WHERE version = 1;

CREATE TEMPORARY VIEW visits_by_product AS
SELECT visitor_id, product_id, event_ms, event_time
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY visitor_id, product_id ORDER BY event_time DESC) AS version
    FROM visits
)
WHERE version = 1;

CREATE TEMPORARY VIEW visits_by_visitor AS
SELECT visitor_id, event_ms, event_time
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY visitor_id ORDER BY event_time DESC) AS version
    FROM visits
)
WHERE version = 1;

CREATE TEMPORARY VIEW payment_rules AS
SELECT
    p.visitor_id,
    p.product_id,
    p.quantity,
    p.amount_micros,
    p.event_time,
    own.source AS own_source,
    own.campaign_id AS own_campaign,
    other.source AS other_source,
    other.campaign_id AS other_campaign,
    COALESCE(own_visit.event_ms > p.event_ms - {attribution_ms}, FALSE) AS visited_own,
    CASE
        WHEN own.event_ms > p.event_ms - {attribution_ms} THEN 1
        WHEN other.event_ms > p.event_ms - {attribution_ms} THEN 2
        WHEN other_visit.event_ms > p.event_ms - {attribution_ms} THEN 3
        ELSE 4
    END AS rule
FROM payments AS p
LEFT JOIN touches_by_product FOR SYSTEM_TIME AS OF p.event_time AS own
    ON p.visitor_id = own.visitor_id AND p.product_id = own.product_id
LEFT JOIN touches_by_visitor FOR SYSTEM_TIME AS OF p.event_time AS other
    ON p.visitor_id = other.visitor_id
LEFT JOIN visits_by_product FOR SYSTEM_TIME AS OF p.event_time AS own_visit
    ON p.visitor_id = own_visit.visitor_id AND p.product_id = own_visit.product_id
LEFT JOIN visits_by_visitor FOR SYSTEM_TIME AS OF p.event_time AS other_visit
    ON p.visitor_id = other_visit.visitor_id;

-- All that counts, once, where it counts. A campaign of '' is none, to tell it from one that is not grouped by.
CREATE TEMPORARY VIEW contributions AS
SELECT
    'click' AS fact, visitor_id, product_id, source, COALESCE(campaign_id, '') AS campaign_id,
    CAST(0 AS BIGINT) AS quantity, cost_micros AS micros, FALSE AS halo, event_time
FROM clicks
UNION ALL
SELECT
    'landing', visitor_id, product_id, source, COALESCE(campaign_id, ''),
    CAST(0 AS BIGINT), CAST(0 AS BIGINT), FALSE, event_time
FROM landings
UNION ALL
SELECT
    'visit', visitor_id, product_id, source, COALESCE(campaign_id, ''),
    CAST(0 AS BIGINT), CAST(0 AS BIGINT), FALSE, event_time
FROM resolved_visits
UNION ALL
SELECT
    'payment', visitor_id, product_id,
    CASE rule WHEN 1 THEN own_source WHEN 2 THEN other_source WHEN 3 THEN 'direct' ELSE 'unknown' END,
    COALESCE(CASE rule WHEN 1 THEN own_campaign WHEN 2 THEN other_campaign END, ''),
    quantity, amount_micros, CASE rule WHEN 2 THEN TRUE WHEN 3 THEN NOT visited_own ELSE FALSE END, event_time
FROM payment_rules;

-- The windows of one size; the query is the union of those of all sizes.
SELECT
    '{label}' AS size,
    window_start,
    product_id,
    source,
    campaign_id,
    COUNT(*) FILTER (WHERE fact = 'click') AS clicks,
    SUM(micros) FILTER (WHERE fact = 'click') AS cost_micros,
    COUNT(*) FILTER (WHERE fact = 'landing') AS landings,
    COUNT(*) FILTER (WHERE fact = 'visit') AS visits,
    COUNT(DISTINCT visitor_id) FILTER (WHERE fact = 'visit') AS visitors,
    COUNT(*) FILTER (WHERE fact = 'payment') AS payments,
    COUNT(DISTINCT visitor_id) FILTER (WHERE fact = 'payment') AS buyers,
    SUM(quantity) FILTER (WHERE fact = 'payment') AS units,
    SUM(micros) FILTER (WHERE fact = 'payment') AS revenue_micros,
    COUNT(*) FILTER (WHERE fact = 'payment' AND halo) AS halo_payments,
    SUM(micros) FILTER (WHERE fact = 'payment' AND halo) AS halo_revenue_micros
FROM TABLE(TUMBLE(TABLE contributions, DESCRIPTOR(event_time), INTERVAL {length}))
GROUP BY GROUPING SETS (
    (window_start, window_end),
    (window_start, window_end, product_id),
    (window_start, window_end, source),
    (window_start, window_end, product_id, source),
    (window_start, window_end, source, campaign_id)
);
