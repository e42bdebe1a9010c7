"""The only folder that knows llama.cpp.

`loading` reads a model file, `model` computes steps of many sequences, `vocabulary` turns text
into tokens and back, `grammar` says which tokens may follow. All of it belongs to the worker's one
decoding thread.
"""
