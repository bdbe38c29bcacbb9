"""The SQL of the slot list. It imports nothing, so that the benchmark can give it to PostgreSQL by itself."""

SLOTS = """
    SELECT coalesce(json_agg(json_build_object(
               'id', slot.id, 'number', slot.number, 'starts_at', slot.starts_at, 'ends_at', slot.ends_at,
               'free', slot.capacity - slot.taken) ORDER BY slot.number), '[]')::text
    FROM scheduling_slot slot JOIN scheduling_rostersession session ON session.id = slot.session_id
    WHERE slot.session_id = %s AND slot.starts_at > %s AND NOT session.is_stopped AND NOT slot.is_extra
"""
