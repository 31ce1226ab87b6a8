"""What is said: articles as the editor wrote them, cut into segments for the voices."""
