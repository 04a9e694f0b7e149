"""What tests share: guards that fail a test for what it leaves behind, and readers of the source tree."""
