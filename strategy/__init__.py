"""The plan: map, objectives, dashboards, document and editions."""
