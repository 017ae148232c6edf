"""How many scored items each domain has, where a blueprint gives weights instead of counts."""

from examengine.bank.blueprint import Blueprint


def scored_items_by_domain(blueprint: Blueprint) -> dict[str, int] | None:
    """Return the scored items of each domain; None where the blueprint leaves the domains free.

    Domains without a count share what the others leave, by weight and largest remainder (ties: the
    blueprint's order).

    Raises:
        ValueError: the counts exceed the sections' items, or cannot be shared out; the message says why.
    """
    total = sum(section.items for section in blueprint.sections)
    counts = {domain.id: domain.items for domain in blueprint.domains if domain.items is not None}
    open_domains = [domain for domain in blueprint.domains if domain.items is None]
    rest = total - sum(counts.values())
    if rest < 0:
        raise ValueError(f"the domains hold {total - rest} items, but the sections have {total}")
    if not open_domains:
        if rest:
            raise ValueError(f"the domains hold {total - rest} items, but the sections have {total}")
        return counts
    weights = {domain.id: domain.weight for domain in open_domains if domain.weight is not None}
    if len(weights) < len(open_domains):
        if counts or weights:
            missing = next(domain.id for domain in open_domains if domain.id not in weights)
            raise ValueError(f"domain {missing} has neither items nor a weight")
        return None
    sum_of_weights = sum(weights.values())
    if sum_of_weights <= 0:
        raise ValueError("the weights of the domains add up to nothing")
    shares = {name: weight * rest / sum_of_weights for name, weight in weights.items()}
    floors = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: floors[name] - shares[name])
    for name in by_remainder[: rest - sum(floors.values())]:
        floors[name] += 1
    return {domain.id: counts.get(domain.id, floors.get(domain.id, 0)) for domain in blueprint.domains}
