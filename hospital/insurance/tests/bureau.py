"""A bureau in the process that answers as a test wants. Fund 70 %, account 10 % of what was uploaded."""

from dataclasses import dataclass, field
from decimal import Decimal

from hospital.insurance.ports import BureauRejected, BureauShares, BureauUnavailable, KnownClaim, Upload
from hospital.insurance.states import ClaimState
from hospital.kernel.money import round_half_up


@dataclass
class FakeBureau:
    """`troubles` by call: LOST is carried out and not answered, DOWN is not carried out, REFUSED is refused."""

    uploads: dict[str, Upload] = field(default_factory=dict)
    states: dict[str, ClaimState] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    troubles: dict[str, list[str]] = field(default_factory=dict)
    extra: Decimal = Decimal(0)

    def upload(self, upload: Upload) -> None:
        with self._call("2204"):
            self.uploads[upload.number] = upload
            self.states[upload.number] = ClaimState.UPLOADED

    def pre_settle(self, number: str) -> BureauShares:
        with self._call("2206"):
            pass
        return self._shares(number)

    def settle(self, number: str) -> BureauShares:
        with self._call("2207"):
            self.states[number] = ClaimState.SETTLED
        return self._shares(number)

    def cancel_settlement(self, number: str, *, settlement: str) -> None:
        with self._call("2208"):
            assert settlement == f"S-{number}"
            self.states[number] = ClaimState.UPLOADED

    def cancel_upload(self, number: str) -> None:
        with self._call("2205"):
            assert self.states[number] is not ClaimState.SETTLED
            self.states[number] = ClaimState.CANCELLED

    def find(self, number: str) -> KnownClaim | None:
        with self._call("ask"):
            pass
        if number not in self.states:
            return None
        state = self.states[number]
        return KnownClaim(state=state, shares=self._shares(number) if state is ClaimState.SETTLED else None)

    def _shares(self, number: str) -> BureauShares:
        base = self.uploads[number].base
        fund, account = round_half_up(base * Decimal("0.7")), round_half_up(base * Decimal("0.1"))
        settled = f"S-{number}" if self.states[number] is ClaimState.SETTLED else ""
        return BureauShares(fund=fund, account=account, cash=base - fund - account + self.extra, settlement=settled)

    def _call(self, name: str) -> "_Call":
        self.calls.append(name)
        planned = self.troubles.get(name, [])
        trouble = planned.pop(0) if planned else ""
        if trouble == "DOWN":
            raise BureauUnavailable("down")
        if trouble == "REFUSED":
            raise BureauRejected(code="-1", fault="参保状态异常")
        return _Call(is_lost=trouble == "LOST")


@dataclass
class _Call:
    is_lost: bool

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None and self.is_lost:
            raise BureauUnavailable("no answer")


class Bureau:
    """The one that is connected."""

    connected = FakeBureau()


def connected_bureau() -> FakeBureau:
    """What the setting names."""
    return Bureau.connected
