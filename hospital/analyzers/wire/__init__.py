"""HL7 v2 as analyzers speak it: frames, segments, observations, answers. Pure: no database, no clock, no settings."""
