"""The treatment room: what is due today, giving a session, stopping a treatment."""
