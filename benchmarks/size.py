"""How much there is to maintain: the template's files, and the lines that carry Jinja."""

from harness.rendering import template_files
from harness.variants import ROOT


def report() -> str:
    files = [path for path in template_files() if path.is_relative_to(ROOT / "template")]
    lines = [line for path in files for line in path.read_text().splitlines()]
    jinja = [line for line in lines if "{{" in line or "{%" in line]
    share = 100 * len(jinja) / len(lines)
    return f"{len(files)} files of {len(lines)} lines in template/; {len(jinja)} carry Jinja ({share:.1f} %)"
