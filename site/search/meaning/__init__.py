"""The meaning of a sentence as a vector, from a model on this machine (decision 34).

`worker` is a process of its own that holds the model; `client` asks it; `keeper` keeps it alive.
Nothing of what is asked is kept, written or logged by any of them.
"""
