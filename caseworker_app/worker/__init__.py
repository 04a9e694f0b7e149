"""The one worker process: PDF, import, rebuild."""
