"""Results -> what a person sees: figures, and the page of one report with its evidence."""
