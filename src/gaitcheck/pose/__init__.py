"""Picture crops come in, body landmarks go out. The only room that imports mediapipe."""
