"""Two analyzers of a laboratory that send results over HL7 v2 and MLLP."""
