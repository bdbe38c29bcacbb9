"""An SMTP server that keeps what it is given, and pages to read it."""
