"""The wiring of camera_perf: settings, addresses, rendering and system checks."""
