"""Payment codes of the wallets, as a phone shows them."""
