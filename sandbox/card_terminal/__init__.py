"""An acquirer's gateway for tills, and the card terminals behind it."""
