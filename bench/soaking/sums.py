"""The sums of a soak, written out: each names what must agree and returns a row for whatever does not."""

# A settled bill is the sum of its lines, and its tenders make it with the cash rounding. One that is not settled has
# no money allocated; its live lines are those of its charges.
BILLS = {
    "a bill is the sum of its lines": """
        SELECT s.number, s.amount, sum(l.amount) FROM billing_settlement s
        JOIN billing_settlementline l ON l.settlement_id = s.id
        GROUP BY s.id HAVING s.amount <> sum(l.amount)""",
    "a line of a paid bill is its charge": """
        SELECT s.number, l.amount, c.total, c.discount FROM billing_settlement s
        JOIN billing_settlementline l ON l.settlement_id = s.id AND l.is_live
        JOIN billing_charge c ON c.id = l.charge_id
        WHERE s.state = 'SETTLED' AND (l.amount <> c.total - c.discount OR c.settlement_id IS DISTINCT FROM s.id
              OR c.state NOT IN ('SETTLED', 'PART_REFUNDED', 'REFUNDED'))""",
    "tenders make a paid bill with its cash rounding": """
        SELECT s.number, s.amount, s.cash_rounding, coalesce(sum(a.amount), 0) FROM billing_settlement s
        LEFT JOIN billing_allocation a ON a.settlement_id = s.id
        GROUP BY s.id HAVING coalesce(sum(a.amount), 0)
               <> CASE s.state WHEN 'SETTLED' THEN s.amount + s.cash_rounding ELSE 0 END""",
    "only cash is rounded, by less than a step": """
        SELECT s.number, s.cash_rounding FROM billing_settlement s WHERE s.cash_rounding <> 0 AND (
            abs(s.cash_rounding) > 0.05 OR (s.cash_rounding > 0 AND NOT EXISTS (
                SELECT FROM billing_allocation a JOIN payments_paymentorder p ON p.id = a.payment_id
                WHERE a.settlement_id = s.id AND p.channel = 'CASH')))""",
    "a charge is in one live bill, if it is being paid or paid": """
        SELECT c.id, c.state, count(l.id) FROM billing_charge c
        LEFT JOIN billing_settlementline l ON l.charge_id = c.id AND l.is_live
        GROUP BY c.id HAVING count(l.id) <> CASE WHEN c.state IN ('PENDING', 'VOID') THEN 0 ELSE 1 END""",
    "an order is charged once": """
        SELECT source_id, source_part, count(*) FROM billing_charge GROUP BY source_kind, source_id, source_part
        HAVING count(*) > 1""",
}
PAYMENTS = {
    "an allocation is all of a payment that came in for that bill": """
        SELECT p.number, p.state, p.amount, a.amount FROM billing_allocation a
        JOIN payments_paymentorder p ON p.id = a.payment_id
        WHERE p.amount <> a.amount OR p.paid_at IS NULL OR p.reference <> a.settlement_id::text""",
    "a payment paid a bill, or went back whole": """
        SELECT p.number, p.channel, p.amount, coalesce(sum(r.amount) FILTER (WHERE r.state = 'SUCCEEDED'), 0)
        FROM payments_paymentorder p LEFT JOIN payments_refundorder r ON r.order_id = p.id
        WHERE p.paid_at IS NOT NULL AND NOT EXISTS (SELECT FROM billing_allocation a WHERE a.payment_id = p.id)
        GROUP BY p.id HAVING coalesce(sum(r.amount) FILTER (WHERE r.state = 'SUCCEEDED'), 0) <> p.amount""",
    "a payment's events tell what came and went": """
        SELECT p.number, p.state, p.amount, e.came, e.went, r.went FROM payments_paymentorder p
        LEFT JOIN LATERAL (SELECT coalesce(sum(amount) FILTER (WHERE kind = 'PAID'), 0) came,
                                  coalesce(sum(amount) FILTER (WHERE kind = 'REFUNDED'), 0) went
                           FROM payments_paymentevent WHERE order_id = p.id) e ON true
        LEFT JOIN LATERAL (SELECT coalesce(sum(amount) FILTER (WHERE state = 'SUCCEEDED'), 0) went,
                                  coalesce(sum(amount) FILTER (WHERE state <> 'FAILED'), 0) reserved
                           FROM payments_refundorder WHERE order_id = p.id) r ON true
        WHERE e.came <> CASE WHEN p.paid_at IS NULL THEN 0 ELSE p.amount END OR e.went <> r.went
              OR p.refunded_reserved <> r.reserved OR r.reserved > p.amount
              OR p.state <> CASE WHEN p.paid_at IS NULL THEN p.state WHEN r.went = 0 THEN 'PAID'
                                 WHEN r.went = p.amount THEN 'REFUNDED' ELSE 'PART_REFUNDED' END""",
}
REFUNDS = {
    "a refund is the sum of its lines": """
        SELECT n.number, n.amount, sum(l.paid_back) FROM billing_refundnote n
        JOIN billing_refundline l ON l.note_id = n.id GROUP BY n.id HAVING n.amount <> sum(l.paid_back)""",
    "tenders make a refund with its cash rounding": """
        SELECT n.number, n.state, n.amount, n.cash_rounding, coalesce(sum(t.amount), 0) FROM billing_refundnote n
        LEFT JOIN billing_refundtender t ON t.note_id = n.id AND t.state = 'COMPLETED'
        WHERE n.state = 'COMPLETED' GROUP BY n.id HAVING n.amount + n.cash_rounding <> coalesce(sum(t.amount), 0)""",
    "a refused refund gave nothing back": """
        SELECT n.number, sum(t.amount) FROM billing_refundnote n JOIN billing_refundtender t ON t.note_id = n.id
        WHERE n.state = 'FAILED' AND t.state = 'COMPLETED' GROUP BY n.id""",
    "a tender of a refund is a refund of its payment, ended alike": """
        SELECT n.number, t.amount, t.state, r.amount, r.state FROM billing_refundtender t
        JOIN billing_refundnote n ON n.id = t.note_id
        LEFT JOIN payments_refundorder r ON r.id = t.payment_refund_id AND r.order_id = t.payment_id
        WHERE r.id IS NULL OR r.amount <> t.amount
              OR (t.state, r.state) NOT IN (('COMPLETED', 'SUCCEEDED'), ('FAILED', 'FAILED'))""",
    "money goes back for a refund, or because it paid no bill": """
        SELECT p.number, r.tid, r.amount FROM payments_refundorder r JOIN payments_paymentorder p ON p.id = r.order_id
        WHERE NOT EXISTS (SELECT FROM billing_refundtender t WHERE t.payment_refund_id = r.id)
              AND (r.idempotency_key NOT LIKE 'overpaid:%%'
                   OR EXISTS (SELECT FROM billing_allocation a WHERE a.payment_id = p.id))""",
    "a charge knows what was given back of it, and no more than it was": """
        SELECT c.id, c.state, c.qty, c.total, c.refunded_qty, c.refunded_total, l.qty, l.total FROM billing_charge c
        LEFT JOIN LATERAL (SELECT coalesce(sum(l.qty), 0) qty, coalesce(sum(l.base), 0) base,
                                  coalesce(sum(l.total), 0) total, coalesce(sum(l.discount), 0) discount
                           FROM billing_refundline l JOIN billing_refundnote n ON n.id = l.note_id
                           WHERE l.charge_id = c.id AND n.state <> 'FAILED') l ON true
        WHERE (c.refunded_qty, c.refunded_base, c.refunded_total, c.refunded_discount)
              <> (l.qty, l.base, l.total, l.discount) OR l.qty > c.qty OR l.total > c.total OR l.base > c.base
              OR (l.qty = c.qty AND (l.total, l.base) <> (c.total, c.base))
              OR (c.settled_at IS NOT NULL AND c.state <> CASE WHEN l.qty = 0 THEN 'SETTLED'
                  WHEN l.qty = c.qty THEN 'REFUNDED' ELSE 'PART_REFUNDED' END)""",
    "a bill that went back whole went back to the cent": """
        SELECT s.number, s.amount, s.cash_rounding, n.amount, n.rounding FROM billing_settlement s
        JOIN LATERAL (SELECT sum(amount) amount, sum(cash_rounding) rounding FROM billing_refundnote
                      WHERE settlement_id = s.id AND state = 'COMPLETED') n ON true
        WHERE n.amount > s.amount OR (n.amount = s.amount AND n.amount + n.rounding <> s.amount + s.cash_rounding)""",
    "refused money of a partner is owed once and paid for nothing": """
        SELECT f.request_no, f.amount FROM partners_refusedpayment f JOIN payments_paymentorder p
        ON p.channel = 'PARTNER' AND p.transaction_no = f.transaction_no""",
    "refused money of a partner went back": """
        SELECT request_no, amount FROM partners_refusedpayment WHERE refunded_at IS NULL""",
}
PAPERS = {
    "receipts of a bill are what was paid less what went back": """
        SELECT s.number, s.amount + s.cash_rounding - coalesce(n.back, 0), coalesce(f.receipts, 0)
        FROM billing_settlement s
        LEFT JOIN LATERAL (SELECT sum(amount + cash_rounding) back FROM billing_refundnote
                           WHERE settlement_id = s.id AND state = 'COMPLETED') n ON true
        LEFT JOIN LATERAL (SELECT sum(CASE kind WHEN 'BLUE' THEN amount ELSE -amount END) receipts
                           FROM receipts_fiscalreceipt WHERE settlement_id = s.id AND number <> '') f ON true
        WHERE s.state = 'SETTLED' AND s.amount + s.cash_rounding - coalesce(n.back, 0) <> coalesce(f.receipts, 0)""",
    "a bill that was not paid has no receipt": """
        SELECT s.number FROM billing_settlement s JOIN receipts_fiscalreceipt f ON f.settlement_id = s.id
        WHERE s.state <> 'SETTLED'""",
    "a closed entry is its bill or its refund": """
        SELECT e.number, e.charged, e.rounding, s.amount, n.amount FROM tills_closingentry e
        JOIN billing_settlement s ON s.id = e.settlement_id LEFT JOIN billing_refundnote n ON n.id = e.refund_id
        WHERE (e.charged, e.rounding) <> (coalesce(-n.amount, s.amount), coalesce(-n.cash_rounding, s.cash_rounding))
              OR coalesce(n.state, 'COMPLETED') <> 'COMPLETED' OR s.state <> 'SETTLED'""",
    "an entry's tenders and its fee classes make the same": """
        SELECT e.number, e.charged + e.rounding, sum(p.amount) FILTER (WHERE p.axis = 'CHANNEL'),
               sum(p.amount) FILTER (WHERE p.axis = 'CLASS') FROM tills_closingentry e
        LEFT JOIN tills_entrypart p ON p.entry_id = e.id GROUP BY e.id
        HAVING coalesce(sum(p.amount) FILTER (WHERE p.axis = 'CHANNEL'), 0) <> e.charged + e.rounding
               OR coalesce(sum(p.amount) FILTER (WHERE p.axis = 'CLASS'), 0) <> e.charged""",
    "a closing is the sum of its entries": """
        SELECT c.number, c.came, c.went, sum(e.charged + e.rounding) FROM tills_closing c
        JOIN tills_closingentry e ON e.closing_id = c.id GROUP BY c.id
        HAVING c.came <> coalesce(sum(e.charged + e.rounding) FILTER (WHERE e.refund_id IS NULL), 0)
               OR c.went <> coalesce(sum(e.charged + e.rounding) FILTER (WHERE e.refund_id IS NOT NULL), 0)
               OR c.entries_count <> count(*)""",
    "everything is in one closing": """
        SELECT s.number FROM billing_settlement s WHERE s.state = 'SETTLED' AND 1 <> (
            SELECT count(*) FROM tills_closingentry e WHERE e.settlement_id = s.id AND e.refund_id IS NULL)
        UNION ALL
        SELECT n.number FROM billing_refundnote n WHERE n.state = 'COMPLETED' AND 1 <> (
            SELECT count(*) FROM tills_closingentry e WHERE e.refund_id = n.id)""",
}
ALL = {**BILLS, **PAYMENTS, **REFUNDS, **PAPERS}

OURS = """
SELECT p.number, p.channel, CASE WHEN p.paid_at IS NULL THEN 0 ELSE p.amount END,
       coalesce(sum(r.amount) FILTER (WHERE r.state = 'SUCCEEDED'), 0)
FROM payments_paymentorder p LEFT JOIN payments_refundorder r ON r.order_id = p.id GROUP BY p.id
"""
# What payers gave and did not get back, by the payments, and what their bills say that they should have given.
BALANCE = """
SELECT (SELECT coalesce(sum(amount), 0) FROM payments_paymentorder WHERE paid_at IS NOT NULL)
       - (SELECT coalesce(sum(amount), 0) FROM payments_refundorder WHERE state = 'SUCCEEDED'),
       (SELECT coalesce(sum(amount + cash_rounding), 0) FROM billing_settlement WHERE state = 'SETTLED')
       - (SELECT coalesce(sum(amount + cash_rounding), 0) FROM billing_refundnote WHERE state = 'COMPLETED'),
       (SELECT coalesce(sum(total - discount - refunded_total + refunded_discount), 0) FROM billing_charge
        WHERE settled_at IS NOT NULL)
       + (SELECT coalesce(sum(cash_rounding), 0) FROM billing_settlement WHERE state = 'SETTLED')
       - (SELECT coalesce(sum(cash_rounding), 0) FROM billing_refundnote WHERE state = 'COMPLETED'),
       (SELECT coalesce(sum(charged + rounding), 0) FROM tills_closingentry),
       (SELECT coalesce(sum(CASE kind WHEN 'BLUE' THEN amount ELSE -amount END), 0) FROM receipts_fiscalreceipt
        WHERE number <> '')
"""
