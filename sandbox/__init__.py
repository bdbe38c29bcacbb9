"""Stand-ins for the outside world: a card acquirer and a mailbox, in a process of their own."""
