"""Pure rules about people: identity documents, machine-readable zones, names, masking."""
