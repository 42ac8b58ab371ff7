#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop is told of the wizard: desktop file, metainfo, MIME type, icons, D-Bus service. Each by its own validator."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "practice"))

from PIL import Image  # noqa: E402
from tap import Tap  # noqa: E402

DATA = Path(os.environ["POSTERN_BUILD_DIR"]) / "data"
ICONS = TOP / "data" / "icons" / "hicolor"
MEDIA_TYPE = "application/vnd.postern.plan+json"
LANGUAGES = ("cs", "fr", "ru")

# The name of the application has capitals, as every application of GNOME does; it is too late to have another.
OWN_NAME = "cid-contains-uppercase-letter"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def built(suffix: str) -> Path:
    """The file of the profile that was built."""
    return next(path for path in DATA.iterdir() if re.fullmatch(rf"io\.github\.postern\.Postern(\.Devel)?\.{suffix}", path.name))


def run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ, **environment))
    assert done.returncode == 0, f"{command[0]} ended with status {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(delimiters="=")
    parser.optionxform = str
    parser.read(built("desktop"))
    return parser["Desktop Entry"]


def check_desktop_file() -> None:
    said = run("desktop-file-validate", built("desktop"))
    assert not said.strip(), said
    entry = desktop_entry()
    for key in ("GenericName", "Comment", "Keywords"):
        for language in LANGUAGES:
            assert entry[f"{key}[{language}]"] != entry[key], f"{key} is not translated to {language}"
    assert MEDIA_TYPE in entry["MimeType"].split(";")


def check_metainfo() -> None:
    said = run("appstreamcli", "validate", "--no-net", "--pedantic", "--explain", built("metainfo.xml"))
    found = [line for line in said.splitlines() if re.match(r"[IWEP]: ", line) and OWN_NAME not in line]
    assert not found, said


def check_metainfo_translations() -> None:
    root = ElementTree.parse(built("metainfo.xml")).getroot()
    for path in ("summary", "description/p", "description/ul/li", "screenshots/screenshot/caption"):
        found = root.findall(path) or [child for group in root.findall(path.rpartition("/")[0]) for child in group]
        plain = [node for node in found if LANGUAGE not in node.attrib]
        for language in LANGUAGES:
            translated = [node for node in found if node.get(LANGUAGE) == language]
            assert len(translated) == len(plain), f"{path}: {len(translated)} in {language}, {len(plain)} in English"


def check_screenshots() -> None:
    root = ElementTree.parse(built("metainfo.xml")).getroot()
    images = root.findall("screenshots/screenshot/image")
    assert len(images) >= 3, f"{len(images)} screenshots"
    for image in images:
        file = TOP / "data" / "screenshots" / image.text.rpartition("/")[2]
        with Image.open(file) as picture:
            assert picture.size == (int(image.get("width")), int(image.get("height"))), f"{file.name} is {picture.size}"


def check_mime_type() -> None:
    """A file manager that reads the installed description knows a plan by its name, and has an icon for it."""
    with tempfile.TemporaryDirectory() as directory:
        packages = Path(directory, "mime", "packages")
        packages.mkdir(parents=True)
        shutil.copy("/usr/share/mime/packages/freedesktop.org.xml", packages)
        shutil.copy(built("xml"), packages)
        said = run("update-mime-database", str(Path(directory, "mime")), XDG_DATA_HOME=directory, XDG_DATA_DIRS=directory)
        assert not said.strip(), said
        plan = Path(directory, "corp.postern")
        plan.write_text('{"postern": 1}')
        told = run("gio", "info", "-a", "standard::content-type,standard::icon", plan, XDG_DATA_HOME=directory, XDG_DATA_DIRS=directory)
        assert f"standard::content-type: {MEDIA_TYPE}" in told, told
        icon = re.search(r"io\.github\.postern\.Postern(\.Devel)?\.plan", told)
        assert icon, told


def check_service() -> None:
    entry = configparser.RawConfigParser()
    entry.read(built("service"))
    service = entry["D-BUS Service"]
    assert service["Name"] == built("desktop").name.removesuffix(".desktop"), service["Name"]
    assert re.fullmatch(r"/\S+/postern --gapplication-service", service["Exec"]), service["Exec"]
    assert desktop_entry()["DBusActivatable"] == "true"


def pixels(icon: Path, size: int) -> Image.Image:
    """What GTK's own loader makes of it."""
    with tempfile.TemporaryDirectory() as directory:
        picture = Path(directory, "icon.png")
        run(sys.executable, "-c", "import sys, gi; gi.require_version('GdkPixbuf', '2.0')\n"
            "from gi.repository import GdkPixbuf as G\n"
            "G.Pixbuf.new_from_file_at_size(sys.argv[1], *[int(sys.argv[3])] * 2).savev(sys.argv[2], 'png', [], [])",
            icon, picture, str(size))
        with Image.open(picture) as image:
            return image.convert("RGBA")


def check_icons() -> None:
    """At 16 pixels an icon still has edges: enough pixels are fully drawn, enough are empty or of another lightness."""
    for icon in sorted(ICONS.rglob("*.svg")):
        run("xmllint", "--noout", icon)
        image = pixels(icon, 16)
        assert image.size == (16, 16), f"{icon.name} is not square: {image.size}"
        lightness = [sum(pixel[:3]) / 3 for pixel in image.getdata() if pixel[3] > 250]
        assert len(lightness) >= 60, f"{icon.name}: only {len(lightness)} of 256 pixels are fully drawn at 16 pixels"
        if icon.name.endswith("-symbolic.svg"):
            assert len(set(re.findall(r"#[0-9a-f]{6}", icon.read_text()))) == 1, f"{icon.name} has more than one colour"
            blurred = sum(1 for pixel in image.getdata() if 5 < pixel[3] < 250)
            assert blurred <= 40, f"{icon.name}: {blurred} pixels are blurred at 16 pixels"
        else:
            assert max(lightness) - min(lightness) > 120, f"{icon.name} has too little contrast at 16 pixels"


def main() -> int:
    tap = Tap()
    for name, check in (("the desktop file is valid and translated", check_desktop_file),
                        ("the metainfo is valid, pedantically", check_metainfo),
                        ("the metainfo is translated", check_metainfo_translations),
                        ("each screenshot of the metainfo is there, in its size", check_screenshots),
                        ("a plan file is known by its name", check_mime_type),
                        ("the D-Bus service starts the wizard", check_service),
                        ("icons are legible at 16 pixels", check_icons)):
        with tap.test(name):
            check()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
