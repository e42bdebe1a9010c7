"""The public face of an entry: pages and figures for anybody with a browser."""
