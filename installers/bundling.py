"""Makes the folder that holds the built program: PyInstaller, run with what it needs to know."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import contents
import develop
import engine
import linux_packages
import macos_packages
import starter_model
from plan import CATALOGUE, PYPROJECT, RESOURCES, ROOT, Plan

HERE = Path(__file__).parent


def bundle(plan: Plan) -> None:
    """Make it, with everybody's licences, and say what is large in it. Raises `Refused`,
    `CalledProcessError`."""
    if not plan.python.exists():
        raise develop.Refused("There is no environment yet: run `installers/develop.py run` first.")
    models = plan.share / "models"
    starter_model.fetch(CATALOGUE, plan.python, models)
    model = models / starter_model.starter(CATALOGUE.read_text("utf-8"))["file"]
    _have_builder(plan.python)
    pyproject = PYPROJECT.read_text("utf-8")
    kept = plan.share / "engine"
    libraries = engine.libraries(plan.python, pyproject, kept, vulkan=plan.vulkan)
    (plan.out / "work").mkdir(parents=True, exist_ok=True)
    environment = {
        "PYTHONPATH": str(ROOT / "app"),
        "CLOSEDMESH_BUILD_MODEL": str(model),
        "CLOSEDMESH_BUILD_ENGINE": str(libraries),
        "CLOSEDMESH_BUILD_FILES": str(_list(plan)),
        "CLOSEDMESH_BUILD_INVITE": _invite(plan),
        "CLOSEDMESH_BUILD_UPDATES": str(plan.updates or ""),
        "CLOSEDMESH_BUILD_ICON": _icon(plan),
        "CLOSEDMESH_BUILD_VERSION": plan.version,
        "CLOSEDMESH_BUILD_DOCK": "yes" if plan.in_dock else "",
    }
    develop.call([str(plan.python), "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
                  "--distpath", str(plan.out), "--workpath", str(plan.out / "work"),
                  str(HERE / "app.spec")], os.environ | environment)  # fmt: skip
    if sys.platform == "linux":
        _strip(plan.bundle)
    _list_parts(plan, libraries, model)
    develop.say(contents.table(contents.sizes(plan.bundle)))
    families = engine.variants(each.name for each in plan.bundle.rglob("*ggml-cpu-*"))
    develop.say(f"Kernels for {len(families)} families of processors: {', '.join(families)}")


def _have_builder(python: Path) -> None:
    looks = [str(python), "-c", "import PyInstaller, cyclonedx"]
    if subprocess.run(looks, check=False, stderr=subprocess.DEVNULL).returncode:
        project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
        develop.call([str(python), "-m", "pip", "install", "--quiet",
                      *project["optional-dependencies"]["build"]])  # fmt: skip


def _list(plan: Plan) -> Path:
    return plan.out / "work" / "files.json"


def _invite(plan: Plan) -> str:
    """The file that holds the invite, or nothing."""
    if not plan.invite:
        return ""
    file = plan.out / "work" / "invite.txt"
    file.write_text(plan.invite, "utf-8")
    return str(file)


def _icon(plan: Plan) -> str:
    """The program's picture, as its system reads it; Linux takes it from elsewhere."""
    picture = RESOURCES / "icons" / "closedmesh.svg"
    if sys.platform == "win32":
        linux_packages.draw(plan.python, picture, plan.icon, 256)
        return str(plan.icon)
    if sys.platform == "darwin":
        large, icon = plan.out / "work" / "icon.png", plan.out / "work" / "closedmesh.icns"
        linux_packages.draw(plan.python, picture, large, 1024)
        develop.call(macos_packages.icon_command(large, icon))
        return str(icon)
    return ""


def _strip(folder: Path) -> None:
    """Take out what only debuggers read."""
    for file in folder.rglob("*.so*"):
        if not file.is_symlink() and contents.is_stripped(file.relative_to(folder).as_posix()):
            develop.call(["strip", "--strip-unneeded", str(file)])


def _list_parts(plan: Plan, libraries: Path, model: Path) -> None:
    """In the environment that was packed, because that knows its packages."""
    develop.call([str(plan.python), "-P", str(HERE / "bill_of_materials.py"),
                  "--files", str(_list(plan)), "--engine", str(libraries), "--model", str(model),
                  "--day", plan.day, str(plan.inside), str(plan.out / f"{plan.stem}.cdx.json")],
                 os.environ | {"PYTHONPATH": str(HERE)})  # fmt: skip
