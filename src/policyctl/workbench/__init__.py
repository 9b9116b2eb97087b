"""What authors of controls work with: their tests and examples, and what shows that these notice."""
