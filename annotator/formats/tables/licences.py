"""The licences that the Hugging Face hub knows by an identifier, and what a card says of others."""

from __future__ import annotations

import re

# The table of huggingface.co/docs/hub/repositories-licenses without those of single models, as of autumn 2026.
_KNOWN = """
afl-3.0 agpl-3.0 apache-2.0 artistic-2.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear bsl-1.0 c-uda cc cc0-1.0
cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0
cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-permissive-1.0
cdla-permissive-2.0 cdla-sharing-1.0 ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 gfdl gpl gpl-2.0 gpl-3.0 isc lgpl
lgpl-2.1 lgpl-3.0 lgpl-lr lppl-1.3c mit mpl-2.0 ms-pl ncsa odbl odc-by ofl-1.1 openrail openrail++ osl-3.0 pddl
postgresql unknown unlicense wtfpl zlib
"""
KNOWN = frozenset(_KNOWN.split())


def licence_fields(licence: str) -> dict[str, str]:
    """Return what the head of a card says of a licence, given by its identifier or in words; "" is an unknown one.

    One that the hub does not know is "other", with a name made of its letters and digits.
    """
    named = licence.strip()
    identifier = re.sub(r"[\s_]+", "-", named.lower())
    if not named:
        return {"license": "unknown"}
    if identifier in KNOWN:
        return {"license": identifier}
    return {"license": "other", "license_name": re.sub(r"[^a-z0-9.]+", "-", identifier).strip("-.") or "see-below"}
