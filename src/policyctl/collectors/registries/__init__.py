"""What every registry of models is asked through: one server, within limits, never led to another."""
