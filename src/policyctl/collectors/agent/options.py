"""The options of launchers: which of them take a value, so that what stands after them is not taken for the package.

Sources: the help texts of npx 10, bunx 1.2, pnpm 9, yarn 4, uvx and uv 0.8, pipx 1.7, deno 2, go 1.24, dnx 10 and docker 28.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Options:
    """`switches` stand alone, `valued` take the next argument unless they hold a "=". Others are not known."""

    switches: frozenset[str]
    valued: frozenset[str]


@dataclass(frozen=True, slots=True)
class Read:
    """The options at the beginning, each with its value ("" for a switch) and the index of that; `rest` is where the others begin.

    `known` is false where an option stands there of which nobody here knows whether it takes a value.
    """

    options: tuple[tuple[str, str, int], ...]
    rest: int
    known: bool = True

    def values(self, *names: str) -> Iterator[tuple[str, int]]:
        """The values of the options of these names, with their indexes."""
        return ((value, index) for name, value, index in self.options if name in names)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NPX: Final = Options(
    _words(
        "-y --yes -n --no --no-install --quiet -q --silent -s --offline --prefer-offline --prefer-online --ignore-existing "
        "--bun --verbose --ignore-scripts --workspaces --no-workspaces --shell-mode"
    ),
    _words(
        "-p --package -c --call -w --workspace --registry --prefix --cache --loglevel --userconfig --reporter --cwd"
    ),
)
UV: Final = Options(
    _words(
        "--refresh --isolated --no-cache -n --quiet -q --verbose -v --offline --native-tls --no-config --upgrade -U --no-env-file "
        "--reinstall --no-progress --no-sync --frozen --locked --no-project --no-dev --dev --all-extras --no-index --module -m "
        "--script -s --system-certs --active --exact --no-build --no-binary --managed-python --no-managed-python"
    ),
    _words(
        "--from --with --with-editable --with-requirements --python -p --index-url -i --extra-index-url --index --default-index "
        "--refresh-package --env-file --directory --project --cache-dir --constraints -c --exclude-newer --prerelease --resolution "
        "--upgrade-package -P --extra --group --only-group --package --color --config-file --overrides --build-constraints -b "
        "--find-links -f --keyring-provider --index-strategy --link-mode --python-platform --allow-insecure-host --no-extra"
    ),
)
PIPX: Final = Options(
    _words("--no-cache --verbose --quiet -q --path --pypackages --system-site-packages"),
    _words("--spec --python --pip-args --index-url -i --with"),
)
GO: Final = Options(
    _words("-a -n -race -v -x -work -trimpath"), _words("-mod -tags -ldflags -gcflags -C -exec -p -overlay")
)
DNX: Final = Options(
    _words(
        "--yes -y --prerelease --allow-roll-forward --interactive --ignore-failed-sources --no-http-cache --disable-parallel"
    ),
    _words("--version --source --add-source --configfile --framework -f --verbosity -v"),
)
RUN: Final = Options(
    _words(
        "-i -t -d --rm --init --privileged --read-only --interactive --tty --detach -P --publish-all --no-healthcheck --sig-proxy "
        "--oom-kill-disable --disable-content-trust --quiet -q --replace --no-hosts --tls-verify --rmi --passwd --env-host"
    ),
    _words(
        "-e --env --env-file -v --volume --mount --volumes-from -p --publish -w --workdir -u --user -h --hostname -l --label "
        "--label-file -m --memory --memory-swap --memory-reservation -c --cpu-shares --cpus --cpuset-cpus -a --attach --name --network "
        "--net --network-alias --add-host --entrypoint --restart --pull --platform --pid --ipc --userns --uts --cgroupns --cap-add "
        "--cap-drop --security-opt --device --gpus --ulimit --tmpfs --shm-size --log-driver --log-opt --dns --dns-search --ip --runtime "
        "--group-add --expose --health-cmd --stop-timeout --stop-signal --cidfile --isolation --sysctl --link --annotation --secret"
    ),
)


def read(options: Options, arguments: Sequence[str], *, clusters: bool = False, start: int = 0) -> Read:
    """The options at the beginning of `arguments`. With `clusters`, "-it" is "-i" and "-t", and "-eNAME" is "-e" with its value."""
    found: list[tuple[str, str, int]] = []
    index = start
    while index < len(arguments):
        argument = arguments[index]
        if argument == "--":
            return Read(tuple(found), index + 1)
        if not argument.startswith("-") or argument == "-":
            break
        name, equals, value = argument.partition("=")
        if name in options.valued:
            if not equals:
                index += 1
                if index == len(arguments):
                    return Read(tuple(found), index, known=False)
                value = arguments[index]
            found.append((name, value, index))
        elif name in options.switches:
            found.append((name, value, index))
        elif clusters and (inside := _cluster(options, argument)):
            found.extend((one, value, index) for one, value in inside)
        else:
            return Read(tuple(found), index, known=False)
        index += 1
    return Read(tuple(found), index)


def _cluster(options: Options, argument: str) -> list[tuple[str, str]] | None:
    if argument.startswith("--") or len(argument) < 3:
        return None
    letters = [f"-{letter}" for letter in argument[1:]]
    if all(letter in options.switches for letter in letters):
        return [(letter, "") for letter in letters]
    return [(letters[0], argument[2:])] if letters[0] in options.valued else None
