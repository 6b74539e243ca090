"""Machinery: problem details (RFC 9457), and how errors become them."""
