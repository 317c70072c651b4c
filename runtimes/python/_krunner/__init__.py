"""The query driver's parts. User code shares the process with them, and sees as little of them as possible."""
