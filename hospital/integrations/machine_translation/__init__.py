"""Drafts of translations by a service over HTTP."""
