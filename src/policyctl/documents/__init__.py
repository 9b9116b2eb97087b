"""From facts to input documents: built, masked, cut to what a bundle reads, and described by schemas."""
