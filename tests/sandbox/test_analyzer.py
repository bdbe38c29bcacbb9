"""The analyzers of the sandbox and the product's reader understand each other, in both character sets."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import Random

import pytest

from hospital.analyzers.api import Unframer, check_header, frame, parse_message, read_groups, read_header
from sandbox.analyzer.programs import PROGRAMS, measure
from sandbox.analyzer.wire import send, write_results

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def write(key="hematology", charset="utf-8"):
    program = PROGRAMS[key]
    values = measure(program, is_critical=True, chance=Random(1))
    return write_results(program, values, specimen="26112500001", control_id="7", charset=charset, now=NOW), values


@pytest.mark.parametrize("key", PROGRAMS)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_product_reads_what_the_analyzers_write(key, charset):
    raw, values = write(key, charset)
    message = parse_message(raw)
    header = read_header(message)
    check_header(header)
    (group,) = read_groups(message)
    assert (header.control_id, header.charset) == ("7", charset)
    assert group.numbers == ("26112500001",)
    assert [(each.code, each.text, each.unit) for each in group.observations] == [
        (channel.code, value, channel.unit) for channel, value in values
    ]


def test_an_analyzer_waits_for_the_answer_and_survives_silence():
    async def talk(answers):
        async def serve(reader, writer):
            unframer = Unframer()
            while data := await reader.read(1024):
                if unframer.feed(data) and answers:
                    writer.write(frame(b"MSA|AA|7"))
                    await writer.drain()
                    break
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        answer = await send(write()[0], host="127.0.0.1", port=port)
        server.close()
        silence = await send(write()[0], host="127.0.0.1", port=port)
        return answer, silence

    with ThreadPoolExecutor(1) as thread:  # a browser of earlier tests may keep a loop in this one
        assert thread.submit(asyncio.run, talk(True)).result() == (b"MSA|AA|7", b"")
