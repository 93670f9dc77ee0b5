"""What the assistant knows: policy documents, topics with their approved answers, and the checks on them."""
