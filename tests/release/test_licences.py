from pathlib import Path

import pytest

from release import licences


def test_the_page_is_true() -> None:
    """docs/licences.md names every locked package, extras and all, and every voice, each under a licence that goes with
    the GPL.
    """
    found = licences.packages()
    assert len(found) > 80
    assert {"numpy", "paramiko", "distributed", "faster-whisper", "sherpa-onnx", "s3fs"} <= found.keys()
    assert [name for name, licence in found.items() if not licences.is_free(licence)] == []
    assert licences.page(found) == licences.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("expression", "free"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GPL-2.0-only", False),
        ("MIT AND SSPL-1.0", False),
        ("CC-BY-NC-4.0", False),
        ("", False),
    ],
)
def test_a_licence_goes_with_the_gpl_or_not(expression: str, free: bool) -> None:
    """One of the choices is enough, all parts of it are needed, and what is unknown is refused."""
    assert licences.is_free(expression) == free


@pytest.mark.parametrize("lock", ["LOCK", "EXTRAS"])
def test_what_nobody_has_looked_up_is_named(
    lock: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new package that says nothing of its licence ends the check, with what to do; the page stays as it was."""
    (tmp_path / "lock.txt").write_text("a-package-of-nobody==1.0 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(licences, lock, tmp_path / "lock.txt")
    before = licences.PAGE.read_bytes()
    assert licences.main(["--check"]) == 1
    assert "a-package-of-nobody: “” is unknown" in capsys.readouterr().out
    assert licences.main([]) == 1
    assert licences.PAGE.read_bytes() == before
