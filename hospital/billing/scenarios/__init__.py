"""What-if scenarios given as JSON, priced by the rules that charge patients; no database, clock or settings."""
