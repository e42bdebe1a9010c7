"""What peers say to each other, as pure values: no network, no clock, no chance."""
