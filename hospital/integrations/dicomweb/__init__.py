"""The image archive, asked over DICOMweb."""
