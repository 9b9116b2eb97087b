"""policyctl: policy as code for AI compliance."""

__version__ = "0.1.0"
