"""Loading the demonstration hospital into an empty database, one part a file."""
