"""The investigation of a child: topics at the left, what is written under one in the middle, what it rests on beside."""
