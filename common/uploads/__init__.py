"""Files of strangers: checked by their content, then shown as images that keep nothing of the original but its look.

`checks.check()` says what a file is or refuses it, `neutralise.neutralise()` makes the images that agents see. Both
have the file parsed by `worker`, in a process that may neither open a file nor a connection (`confinement`).
"""
