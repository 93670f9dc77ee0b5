"""What was not answered: gathered, masked, clustered, decided on."""
