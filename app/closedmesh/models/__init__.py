"""What can be run, and what is said about it: pure values and functions, no I/O.

`chat` holds questions and answers, `conversations` the kept chats, `catalogue` the models we
know, `gguf` reads a model file's header, `template` renders a model's own chat template,
`sampling` chooses the next token so that anybody else can choose it again.
"""
