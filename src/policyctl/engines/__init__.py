"""The OPA that decides: managed, shared by this user's commands, or remote; one interface. See `interface.Engine`."""
