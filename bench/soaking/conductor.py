"""Starts the processes of a soak, kills them at random points, moves the clock, and lets all of it settle."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from bench.soaking.books import Books
from bench.soaking.clerk import Clerk
from bench.soaking.clock import Shared
from bench.soaking.ground import Ground
from bench.soaking.machine import Machine
from bench.soaking.payers import Payers
from bench.soaking.processes import Band, listen, run_jobs, serve, warm_up
from bench.soaking.settling import Settling
from sandbox.process import SandboxAddress, SandboxClient

WORKERS = 2
ROUNDS = 60


@dataclass
class Conductor:
    """One soak. `seconds_between` is how long on average nobody is killed."""

    ground: Ground
    sandbox: SandboxAddress
    folder: Path
    shared: Shared
    operations: int
    clerks: int
    seconds_between: float
    seed: int
    say: Callable[[str], None] = print
    band: Band = field(init=False)

    def __post_init__(self) -> None:
        self.band = Band(self.folder)
        self.listener = listen()
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.roles: dict[str, Callable[[], None]] = {
            **{f"clerk-{number}": partial(self._work, number) for number in range(self.clerks)},
            **{f"worker-{number}": partial(run_jobs, waits=True) for number in range(WORKERS)},
            "web": partial(serve, self.listener),
        }
        self.chance = random.Random(self.seed)
        warm_up()

    def _clerk(self, number: int) -> Clerk:
        return Clerk(
            ground=self.ground,
            number=number,
            folder=self.folder,
            seed=self.seed,
            payers=Payers(SandboxClient(self.sandbox)),
            machine=Machine(url=self.url, key_id=self.ground.key_id, secret=self.ground.secret),
            count=lambda: self.shared.add(1 + number, 1),
        )

    def _work(self, number: int) -> None:
        self._clerk(number).work()

    def count_operations(self) -> int:
        """How many are done, of all clerks."""
        return sum(self.shared.read(1 + number) for number in range(self.clerks))

    def run(self) -> None:
        """Until so many operations are done: somebody is killed every other moment, and time jumps."""
        for name, run in self.roles.items():
            self.band.start(name, run)
        moved_at = 0
        while (done := self.count_operations()) < self.operations:
            time.sleep(self.chance.expovariate(1 / self.seconds_between))
            name = self.chance.choice(self.band.names())
            self.band.kill(name)
            self.band.start(name, self.roles[name])
            if done - moved_at > max(40, self.operations // 20):
                moved_at = done
                self.shared.move_clock(timedelta(minutes=self.chance.choice((3, 16, 31, 50))))
                self.say(f"    {done} operations, {self.band.kills} kills")
        self.band.kill_all()

    def settle(self) -> list[str]:
        """Everybody finishes what was in hand; then all jobs run until nothing is left. What would not end."""
        self._finish()
        machine = self._clerk(0).machine
        settling = Settling(ground=self.ground, sandbox=self.sandbox, shared=self.shared)
        for number in range(ROUNDS):
            for name in ("worker-0", "worker-1"):
                self.band.start(name, partial(run_jobs, waits=False))
            for name in ("worker-0", "worker-1"):
                self.band.wait(name)
            if not settling.go_on(machine=machine, number=number):
                break
        self.say(f"    settled in {number + 1} rounds")
        self.band.kill_all()
        for number in range(len(self.ground.cashiers)):
            self._clerk(number).desk.close_till()
        return settling.list_stuck()

    def _finish(self) -> None:
        self.band.start("web", self.roles["web"])
        for number in range(self.clerks):
            clerk = self._clerk(number)
            self.band.start(f"clerk-{number}", partial(clerk.work, only_finish=True))
            self.band.wait(f"clerk-{number}")

    def check(self) -> Books:
        """The books of both sides, compared."""
        with SandboxClient(self.sandbox) as client:
            return Books.read(client)
