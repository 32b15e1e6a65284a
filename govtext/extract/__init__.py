"""Page -> what the report says. Each module is a verb; a verb never imports a verb."""
