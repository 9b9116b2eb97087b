"""What others run or read of a bundle: its rules and its catalog in the formats of other tools, one file a format."""
