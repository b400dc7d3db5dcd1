"""The platform on a real cluster: applied, used, grown, shrunk and broken."""
