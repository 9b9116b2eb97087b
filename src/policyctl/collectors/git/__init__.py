"""The git repository that a release record lies in."""
