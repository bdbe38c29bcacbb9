"""Pure rules of billing: pricing a line, refunds, quotes, explanations. No database, clock or settings."""
