"""Every write to the catalogue: `editing` and `care` for the desk, `readers` and `searches` for what people tell."""
