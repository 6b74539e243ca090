"""What is left to think about, from the domain outwards."""

from names import Name, camel
from verbs import Verb


def after_aggregate(source: str, name: Name, migration: str, *, instead: bool) -> list[str]:
    steps = (
        f"{source}/domain/model/{name.singular}.py: the fields and the rules",
        f"{source}/domain/event/{name.singular}.py: what the events say",
        f"{source}/domain/port/, {source}/application/use_cases/: what it offers",
        f"{source}/adapter/out/persistence/: its columns, with migrations/{migration}",
        f"{source}/adapter/in_/http/{name.singular}_schemas.py, {name.plural}.py: what clients see",
    )
    table = f"A database that has the table of the sample will not run {migration}: make a new one."
    title = f"Make {name.camel} your own, from the domain outwards:"
    return [title, *(f"  {step}" for step in steps), *([table] if instead else [])]


def after_use_case(source: str, name: Name, verb: Verb, migration: str) -> list[str]:
    folder = name.plural.replace("_", "-")
    route = f"{source}/adapter/in_/http/{name.plural}.py: /{folder}/{{slug}}/{verb.word.replace('_', '-')}"
    if verb.reads:
        steps = [
            f"{source}/application/use_cases/{verb.word}_{name.singular}.py: what it reads, now what get reads",
            f"{source}/domain/port/out/{name.singular}_reader.py: what else it has to find",
            route,
        ]
    else:
        event = f"{name.camel}{camel(verb.past)}"
        steps = [
            f"{source}/domain/model/{name.singular}.py: {verb.word}() is allowed in every status but its own: is it?",
            f"{source}/domain/event/{name.singular}.py: what {event} says",
            f"{source}/domain/port/in_/{verb.word}_{name.singular}.py: what the command needs, beside the slug",
            f"{source}/adapter/out/persistence/migrations/{migration}: lets the table have the new status",
            route,
        ]
    return ["From the domain outwards:", *(f"  {step}" for step in steps)]
