"""A kiosk of a partner: registers, looks up and pays through the hospital's signed interfaces, and nothing else."""
