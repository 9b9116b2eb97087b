"""What DVC records of data and of the stages that read them."""
