"""Two accounts of one clip come in (labels, answers, corrections); how far they agree goes out."""
