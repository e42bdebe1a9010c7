"""The Chat page: the list of chats, the open one, and where the next message is written."""
