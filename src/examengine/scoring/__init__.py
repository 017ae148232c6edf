"""From responses and evidence to item scores, domains, scaled score and outcome: exact and pure."""
