"""The option ``client``: its room is sealed, and no use case calls another service in a unit of work."""

from collections.abc import Callable, Iterator

import pytest

from harness.running import Project
from harness.variants import Answers, structures

type Projects = Callable[[Answers], Project]

SRC = "src/my_service"
VARIANT = next(variant for variant in structures() if variant["client"])


@pytest.fixture
def service(project: Projects) -> Iterator[Project]:
    """A service that other tests use as well; afterwards it is as it was before."""
    found = project(VARIANT.answers)
    yield found
    found.git("reset", "--quiet", "--hard")
    found.git("clean", "--quiet", "--force", "-d")


def test_the_room_of_http_calls_is_sealed(service: Project) -> None:
    service.append(f"{SRC}/adapter/out/system.py", "\nimport my_service.adapter.out.client.http.client\n")
    output = service.uv_run("poe", "architecture", fails=True)

    assert "The room of HTTP calls is for clients of other services BROKEN" in output
    assert "my_service.adapter.out.system -> my_service.adapter.out.client.http" in " ".join(output.split())


def test_a_call_in_a_unit_of_work_is_found(service: Project) -> None:
    use_case = f"{SRC}/application/use_cases/publish_market.py"
    clock = "from my_service.domain.port.out.clock import Clock\n"
    service.edit(use_case, clock, f"{clock}from my_service.domain.port.out.exchange_rates import ExchangeRates\n")
    service.edit(use_case, "    clock: Clock\n", "    clock: Clock\n    exchange_rates: ExchangeRates\n")
    text = (service.folder / use_case).read_text()
    wait = "await " if "await " in text else ""
    save = "            uow.markets.save(market)\n"
    service.edit(use_case, save, f'{save}            {wait}self.exchange_rates("EUR", ["USD"])\n')
    output = service.uv_run("pytest", "--quiet", "tests/unit/test_calls_outside_units_of_work.py", fails=True)

    assert "publish_market.py: make this call before the unit of work: self.exchange_rates('EUR', ['USD'])" in output
