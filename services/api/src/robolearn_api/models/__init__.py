"""What goes over the wire. Renaming a field here breaks clients; renaming one in the domain must not."""
