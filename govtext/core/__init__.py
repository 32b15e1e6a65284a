"""What everybody speaks: the nouns, one reading of characters, the rules, places, the codebook."""
