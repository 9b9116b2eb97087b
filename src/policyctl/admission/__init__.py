"""Admission: deciding while Kubernetes waits. One more door to the flow, and none of its steps is done here in another way."""
