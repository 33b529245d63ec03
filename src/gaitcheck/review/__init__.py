"""A saved answer comes in; a person checks it in the browser; corrections and labels go out."""
