"""The encrypted store; imports the domain and the services' ports."""
