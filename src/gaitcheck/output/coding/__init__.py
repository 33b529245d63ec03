"""The JSON document comes in; files go out that tools for coding behaviour and data sets open."""
