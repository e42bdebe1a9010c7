"""The face for programs, on loopback only: the OpenAI-compatible API, status and control."""
