"""The judge of support: scenes to learn from, its weights, and what each cue adds."""
