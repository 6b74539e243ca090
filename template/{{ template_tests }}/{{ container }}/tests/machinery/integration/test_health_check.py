"""The health check of the image."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.support.running_service import RunningService

ROOT = Path(__file__).parents[3]
PROXY = {"http_proxy": "http://127.0.0.1:9"}  # Docker sets it where the machine has one


def test_the_health_check_of_the_image_ignores_proxies(service: RunningService) -> None:
    (check,) = re.findall(r'CMD \["python", "-c", (".+")\]', (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    code = json.loads(check)

    for port, status in {service.port: 0, 9: 1}.items():
        command = [sys.executable, "-c", code.replace("8000", str(port))]
        assert subprocess.run(command, env=PROXY, capture_output=True, timeout=60, check=False).returncode == status
