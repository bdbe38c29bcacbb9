"""A card acquirer that speaks the Mastercard Gateway's Hosted Checkout protocol."""
