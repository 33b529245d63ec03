"""How fast: gaitcheck beside decoding alone and a plain MediaPipe loop, in one run."""
