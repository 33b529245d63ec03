"""An Analysis and its video come in; videos and stills go out, drawn on, cut, slowed, blurred."""
