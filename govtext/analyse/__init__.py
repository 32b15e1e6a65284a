"""Tables of a study -> results. Each folder owns its questions; `corpus` and `bodies` serve all."""
