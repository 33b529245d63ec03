"""An Analysis comes in; JSON, CSV and readable text go out."""
