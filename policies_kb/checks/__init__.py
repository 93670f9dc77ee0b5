"""What the content must fulfil beyond its shape: one module for each subject, one function for each rule."""
