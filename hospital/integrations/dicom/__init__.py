"""DICOM: the worklist that devices ask for."""
