"""The model's own process: llama.cpp in a child, small typed messages over its pipe."""
