"""Pages: answering without an account, and what organizers and members do with results."""
