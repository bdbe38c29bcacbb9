"""Pure rules of partners: what is signed, and how."""
