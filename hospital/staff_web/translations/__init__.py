"""The translation desk: both languages side by side, differences beside them, two people; the glossary (D55, N05)."""
