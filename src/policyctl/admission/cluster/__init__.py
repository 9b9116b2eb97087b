"""What else is in the cluster: the objects that say something of others, kept at hand by watches, so that no decision waits for them."""
