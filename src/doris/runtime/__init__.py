"""A project running.

`doris.runtime.code` loads the Worker's code, `doris.runtime.dispatch` calls its handlers,
`doris.runtime.runtime` wires everything, `doris.runtime.worker` is what tests hold.
"""
