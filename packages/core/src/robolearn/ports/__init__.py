"""What the domain asks of the outside world; real adapters and fakes of a port share their tests."""
