"""WeChat Pay, API v3: the merchant's HTTP interface, signed notices, and the payer's phone."""
