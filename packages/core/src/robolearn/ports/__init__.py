"""What the domain asks of the outside world; each port has a real adapter and a fake that share their tests."""
