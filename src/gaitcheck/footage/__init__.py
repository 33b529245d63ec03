"""Long footage: scanned cheaply, followed only where people may move, on all cores, and kept."""
