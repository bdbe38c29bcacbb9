"""The doctor's desk: queue, record, note, orders, signature (D52, D53)."""
