"""The adapter of the national insurance's bureau against the sandbox's, over its real protocol (F46, F47)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from hospital.insurance.ports import BureauRejected, BureauUnavailable, Upload, UploadLine
from hospital.insurance.states import ClaimState
from hospital.integrations.insurance_bureau.bureau import BureauGateway
from hospital.integrations.insurance_bureau.wire import BureauConfig
from sandbox.process import SandboxClient

pytestmark = pytest.mark.requirement("F46", "F47")
D = Decimal


@pytest.fixture
def config(sandbox: SandboxClient) -> BureauConfig:
    address = sandbox.address
    return BureauConfig(
        url=f"{address.url}/bureau",
        hospital="H44010600001",
        key=address.bureau_key,
        connect_seconds=2,
        answer_seconds=5,
    )


@pytest.fixture
def bureau(config: BureauConfig) -> BureauGateway:
    return BureauGateway(config)


def upload(number: str = "N1", *, base: str = "100.00", price: str = "20.00") -> Upload:
    line = UploadLine(number=1, code="250101015", qty=D(5), price=D(price), base=D(base))
    return Upload(number=number, insured_number="440106198001010011", lines=(line,), base=D(base))


def test_a_claim_goes_forth_and_back(bureau: BureauGateway, sandbox: SandboxClient) -> None:
    assert bureau.find("N1") is None
    bureau.upload(upload())
    shares = bureau.pre_settle("N1")
    assert (shares.fund, shares.account, shares.cash, shares.settlement) == (D("70.00"), D("10.00"), D("20.00"), "")
    settled = bureau.settle("N1")
    assert (settled.fund, bool(settled.settlement)) == (D("70.00"), True)
    assert bureau.settle("N1") == settled  # asked twice, settled once
    known = bureau.find("N1")
    assert known is not None
    assert (known.state, known.shares) == (ClaimState.SETTLED, settled)
    with pytest.raises(BureauRejected):
        bureau.cancel_upload("N1")
    with pytest.raises(BureauRejected):
        bureau.cancel_settlement("N1", settlement="another")
    bureau.cancel_settlement("N1", settlement=settled.settlement)
    bureau.cancel_upload("N1")
    known = bureau.find("N1")
    assert known is not None
    assert known.state is ClaimState.CANCELLED
    (claim,) = sandbox.list_claims()
    assert [call for call in claim["calls"] if call != "2207"][:2] == ["2204", "2206"]


def test_more_than_the_standard_price_and_lines_of_nothing_are_refused(bureau: BureauGateway) -> None:
    with pytest.raises(BureauRejected):
        bureau.upload(upload(price="26.00"))
    with pytest.raises(BureauRejected):
        bureau.upload(upload(base="0.00", price="0.00"))
    assert bureau.find("N1") is None


def test_silence_and_strangers_are_no_answer(
    bureau: BureauGateway, config: BureauConfig, sandbox: SandboxClient
) -> None:
    sandbox.trouble_bureau(slow=1)
    with pytest.raises(BureauUnavailable):
        BureauGateway(replace(config, answer_seconds=0.3)).upload(upload())
    known = bureau.find("N1")  # carried out all the same
    assert known is not None
    assert known.state is ClaimState.UPLOADED
    sandbox.trouble_bureau(unsigned=1)
    with pytest.raises(BureauUnavailable):
        bureau.pre_settle("N1")
    sandbox.trouble_bureau(down=1)
    with pytest.raises(BureauUnavailable):
        bureau.pre_settle("N1")
    sandbox.trouble_bureau(refused=1)
    with pytest.raises(BureauRejected, match="参保状态异常"):
        bureau.pre_settle("N1")
    with pytest.raises(BureauUnavailable):
        BureauGateway(replace(config, key="not the hospital's")).pre_settle("N1")
