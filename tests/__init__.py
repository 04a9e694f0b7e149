"""The tests mirror the packages: ``tests/domain`` tests ``caseworker_app/domain``."""
