"""The hub's schema, step by step; run by :mod:`caseworker_app.hub.migrate`."""
