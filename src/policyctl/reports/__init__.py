"""One output format per file. Each gives `render(report) -> str`; registered as entry points of group `policyctl.reports`."""
