"""The articles room, through its public face."""
