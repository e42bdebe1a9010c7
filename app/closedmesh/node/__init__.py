"""The running peer: model files, engines, conversations, questions and answers."""
