"""One module for each kind of file, run in the confined process only.

Each promises `inspect(data)`, what the original may do, and `neutralise(data)`, what is shown of it. Both raise
`Refused` for a file that they understand and do not take; any other exception means that the file cannot be read.
"""
