"""Gets model files: where from, over what, block by block, and one after the other.

`web` asks over https and only where `models.reach` allows; `hub` knows Hugging Face; `part_file`
keeps what has landed; `fetch` lands one file from a `source`; `downloads` is the queue that a
person sees. What is planned and checked lies in `models.blocks`, without I/O.
"""
