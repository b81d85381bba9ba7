"""A bare Debian 13 in a folder: what somebody has who installs annotator for the first time.

debootstrap makes it and unshare enters it, so it needs Linux, root and the network. Nothing stays mounted or running.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import ROOT

BUILD = ROOT / "build"
BASE = BUILD / "debian"
SUITE = "trixie"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class BareDebian:
    """A copy of a minimal Debian 13 (the variant minbase: apt and perl, no Python)."""

    def __init__(self, folder: Path) -> None:
        """Replace the folder by a copy; debootstrap runs only once."""
        if not (BASE / "etc" / "debian_version").is_file():
            shutil.rmtree(BASE, ignore_errors=True)
            BASE.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["debootstrap", "--variant=minbase", SUITE, str(BASE)], check=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", "--reflink=auto", str(BASE), str(folder)], check=True)
        self.folder = folder
        # The network of this machine: its name server, and the certificates that it trusts.
        shutil.copyfile("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        if CERTIFICATES.is_file():
            (folder / "srv").mkdir(exist_ok=True)
            shutil.copyfile(CERTIFICATES, folder / "srv" / CERTIFICATES.name)

    def run(self, script: str, variables: Mapping[str, str] | None = None) -> int:
        """Run a shell script as root in the system, in /root, and return its exit code."""
        certificates = f"/srv/{CERTIFICATES.name}"
        environment = {
            "PATH": "/root/.local/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            **dict.fromkeys(("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"), certificates),
            **(variables or {}),
        }
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", f"--root={self.folder}"]
        command += ["--mount-proc=/proc", "--wd=/root", "sh", "-euc", script]
        return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL).returncode

    def size(self) -> int:
        """Return the bytes on disk, without the caches of package managers and what a caller put into /srv."""
        skipped = ("root/.cache", "var/lib/apt/lists", "var/cache", "srv", "proc", "tmp")
        total = 0
        seen: set[int] = set()
        for folder, folders, names in os.walk(self.folder):
            here = os.path.relpath(folder, self.folder)
            folders[:] = [name for name in folders if os.path.normpath(f"{here}/{name}") not in skipped]
            for name in names:
                state = os.lstat(os.path.join(folder, name))  # noqa: PTH118 - 50,000 files
                if state.st_ino not in seen:
                    seen.add(state.st_ino)
                    total += state.st_blocks * 512
        return total
