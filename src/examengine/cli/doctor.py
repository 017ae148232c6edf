"""`examengine doctor`: what this machine offers, layer by layer."""

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.options import json_option
from examengine.core.counted import counted
from examengine.delivery.examine_machine import LEVELS, MachineReport, examine_machine
from examengine.delivery.services import Services


@click.command()
@json_option
@click.pass_obj
def doctor(services: Services, as_json: bool) -> int:
    """Show which layers of the sandbox are active here and what would add the missing ones."""
    report = examine_machine(services)
    click.echo(report.model_dump_json(indent=2) if as_json else _text(report))
    return ExitCode.UNAVAILABLE if report.trouble else ExitCode.OK


def _text(report: MachineReport) -> str:
    lines = [
        f"examengine {report.version}, Python {report.python}, {report.system}",
        f"data      {report.home} ({report.free_mib} MiB free)",
        f"terminal  {report.terminal}",
        "",
    ]
    if report.level:
        lines.append(f"isolation level {report.level}: {LEVELS[report.level]}")
    if report.trouble:
        lines.append(f"grading   does not work here: {report.trouble}")
    else:
        lines.append(
            f"grading   works: {report.warm_seconds:.2f} s with the start of the warm parent,"
            f" {report.grading_seconds:.2f} s once warm; {report.resident_mib:.0f} MiB"
        )
    for layer in report.layers:
        lines.append(f"  {'yes' if layer.active else 'NO ':<3}  {layer.name:<12} {layer.detail}".rstrip())
        if layer.remedy:
            lines.append(f"       to add it: {layer.remedy}")
    lines += ["", "packages that exercises need"]
    for package in report.packages:
        found = "yes" if package.installed else "NO "
        lines.append(f"  {found}  {package.name:<12} {counted(package.exercises, 'exercise')}")
    if any(not package.installed for package in report.packages):
        lines.append("       to add them: pip install 'examengine[ml]'")
    return "\n".join(lines)
