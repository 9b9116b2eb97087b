"""One source each: facts from files, plans and registries. A collector knows nothing of controls."""
