"""govtext: Chinese government-information-disclosure annual reports, read as data."""
