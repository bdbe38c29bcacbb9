"""The SQL of places. It imports nothing, so that the benchmark can give it to PostgreSQL by itself."""

# What a channel can take of a slot now, and when the next is released to it. What comes back hidden is not told.
CAN_TAKE = """(slot.taken < slot.capacity AND slot.starts_at > %(now)s AND slot.opens_at <= %(now)s
    AND (slot.pool = ANY(%(pools)s::text[]) OR slot.folds_back_at <= %(now)s))"""
FREE = "CASE WHEN " + CAN_TAKE + " THEN slot.capacity - slot.taken ELSE 0 END"
OPENS_AT = """CASE
    WHEN slot.taken >= slot.capacity OR slot.starts_at <= %(now)s THEN NULL
    WHEN slot.is_returning AND slot.opens_at > %(now)s THEN NULL
    WHEN slot.pool = ANY(%(pools)s::text[]) AND slot.opens_at > %(now)s THEN slot.opens_at
    WHEN slot.pool <> ALL(%(pools)s::text[]) AND slot.folds_back_at > %(now)s AND slot.folds_back_at < slot.starts_at
        THEN greatest(slot.folds_back_at, slot.opens_at)
    END"""

_SLOTS = """
    SELECT coalesce(json_agg(json_build_object(
               'id', slot.id, 'number', slot.number, 'starts_at', slot.starts_at, 'ends_at', slot.ends_at,
               'free', {free}, 'opens_at', {opens_at}) ORDER BY slot.number), '[]')::text
    FROM scheduling_slot slot JOIN scheduling_rostersession session ON session.id = slot.session_id
    WHERE slot.session_id = %(session_id)s AND slot.starts_at > %(now)s AND NOT session.is_stopped AND NOT slot.is_extra
"""
SLOTS = _SLOTS.format(free=FREE, opens_at=OPENS_AT)

# The last place of a session that anybody could take comes back hidden; in one with others, or when it is soon its
# time, at once.
RELEASE = """
    UPDATE scheduling_slot slot
    SET taken = slot.taken - 1,
        capacity = CASE WHEN slot.is_extra THEN 0 ELSE slot.capacity END,
        is_returning = kept.is_hidden OR (slot.is_returning AND slot.opens_at > %(now)s),
        opens_at = CASE WHEN kept.is_hidden THEN %(returns_at)s ELSE slot.opens_at END
    FROM (
        SELECT slot.id, NOT slot.is_extra AND slot.taken >= slot.capacity AND slot.opens_at <= %(now)s
            AND slot.starts_at > %(hidden_until)s AND NOT EXISTS (
                SELECT FROM scheduling_slot other
                WHERE other.session_id = slot.session_id AND other.id <> slot.id AND NOT other.is_extra
                  AND other.taken < other.capacity AND other.starts_at > %(now)s AND other.opens_at <= %(now)s
                  AND (other.pool IN ('OPEN', slot.pool) OR other.folds_back_at <= %(now)s)
            ) AS is_hidden
        FROM scheduling_slot slot WHERE slot.id = %(slot_id)s FOR UPDATE
    ) kept
    WHERE slot.id = kept.id AND slot.taken > 0
    RETURNING slot.is_returning
"""
