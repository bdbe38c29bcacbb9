"""What a stranger gets carries nothing of the machine where it was written."""

import re

from tests.architecture.sources import list_tracked, name_of

# Put together from pieces, so that this file does not find itself.
PATHS = re.compile(r"/(?:wor" + r"k|roo" + r"t|home/\w+|Users/\w+|tmp/lab)/[\w.-]")
HOSTS = re.compile(r"(?:py" + r"pi|pythonhost" + r"ed|npm" + r"js|npmmir" + r"ror|deb\.deb" + r"ian)\.(?:org|com|cn)\b")
SECRETS = re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b")
TEXT_ENDINGS = {
    *("", ".css", ".csv", ".html", ".in", ".js", ".json", ".lock", ".md", ".po", ".py", ".sql", ".svg", ".toml", ".ts"),
    *(".txt", ".typ", ".vue", ".yaml", ".yml"),
}


def list_findings(pattern: re.Pattern[str]) -> list[str]:
    """Where the pattern occurs in tracked text files."""
    found = []
    for path in list_tracked():
        if path.suffix not in TEXT_ENDINGS or path.stat().st_size > 5_000_000:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [
            f"{name_of(path, text.count(chr(10), 0, m.start()) + 1)}: {m.group()}" for m in pattern.finditer(text)
        ]
    return found


def test_no_path_of_a_machine() -> None:
    assert list_findings(PATHS) == []


def test_no_host_of_a_package_registry() -> None:
    assert list_findings(HOSTS) == []


def test_no_private_key() -> None:
    assert list_findings(SECRETS) == []


def test_names_in_one_folder_of_the_app_differ_in_more_than_their_case() -> None:
    """The mini program names a file after each source; `Versions.vue` beside `versions.ts` lost one of the two."""
    stems: dict[str, set[str]] = {}
    for path in list_tracked():
        if path.suffix in {".ts", ".vue"}:
            place = path.with_name(path.name.split(".")[0])
            stems.setdefault(str(place).lower(), set()).add(str(place))
    assert [sorted(found) for found in stems.values() if len(found) > 1] == []
