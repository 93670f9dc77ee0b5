"""What protects the people who write to us: masking, retention, deletion with proof."""
