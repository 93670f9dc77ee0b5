"""Content that goes out and comes in as a workbook or as YAML files; what comes in becomes drafts."""
