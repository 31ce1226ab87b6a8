"""An episode's text with its times, as podcast apps read it: a file per format."""
