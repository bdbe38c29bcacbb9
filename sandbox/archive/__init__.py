"""An image archive that is asked over DICOMweb, and the pictures in it: invented, made by code."""
