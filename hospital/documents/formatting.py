"""How money, numbers, dates, ages and cards read on paper, in both languages. Pure functions.

Numbers read the same in both languages (1,234.50); what differs comes back as `BilingualText`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from hospital.kernel.clock import SHANGHAI
from hospital.kernel.money import round_half_up
from hospital.kernel.types import BilingualText

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_ZH = "一二三四五六日"


def format_money(amount: Decimal) -> str:
    """`1,234.50`: two places half up, thousands separated, a true minus sign."""
    return f"{round_half_up(amount):,.2f}".replace("-", MINUS)


def format_unit_price(price: Decimal) -> str:
    """A unit price with the decimals of the filed price: at least two, at most four (domain brief 1.6 clause 1)."""
    for places in (2, 3):
        if price == round_half_up(price, places):
            return f"{round_half_up(price, places):,.{places}f}".replace("-", MINUS)
    return f"{round_half_up(price, 4):,.4f}".replace("-", MINUS)


def format_number(value: Decimal) -> str:
    """A quantity without trailing zeros: `1`, `0.5`, `1,000`."""
    plain = f"{value:,f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace("-", MINUS)


def format_ratio(ratio: Decimal) -> str:
    """A surcharge ratio as people read it: 0.3000 → `+30 %` with a no-break space, 0 → `0 %`. Never a multiplier."""
    percent = format_number(ratio * 100)
    sign = "+" if ratio > 0 else ""
    return f"{sign}{percent}{NO_BREAK}%"


def local_day(moment: date | datetime) -> date:
    """The calendar day at the hospital."""
    return moment.astimezone(SHANGHAI).date() if isinstance(moment, datetime) else moment


def format_day(moment: date | datetime) -> BilingualText:
    """2026年11月24日 / 24 Nov 2026."""
    day = local_day(moment)
    return BilingualText(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def format_day_short(moment: date | datetime) -> BilingualText:
    """2026-11-24 / 24 Nov 2026: for narrow columns."""
    day = local_day(moment)
    return BilingualText(day.isoformat(), format_day(day).en)


def format_weekday(moment: date | datetime) -> BilingualText:
    """2026年11月24日 星期二 / Tue, 24 Nov 2026: where the day of the week matters."""
    day = local_day(moment)
    text = format_day(day)
    return BilingualText(f"{text.zh} 星期{_WEEKDAYS_ZH[day.weekday()]}", f"{_WEEKDAYS_EN[day.weekday()]}, {text.en}")


def format_moment(moment: datetime) -> BilingualText:
    """2026年11月24日 09:05 / 24 Nov 2026, 09:05, hospital time, 24 hours."""
    local = moment.astimezone(SHANGHAI)
    text = format_day(local)
    return BilingualText(f"{text.zh} {local:%H:%M}", f"{text.en}, {local:%H:%M}")


def format_stamp(moment: datetime) -> str:
    """2026-11-24 09:05, hospital time: footers and signatures."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def format_period(first: date, last: date) -> BilingualText:
    """One day, or `2026年2月24日至3月10日` / `24 Feb to 10 Mar 2026`; both days are included."""
    if first == last:
        return format_day(first)
    start, end = format_day(first), format_day(last)
    if first.year != last.year:
        return BilingualText(f"{start.zh}至{end.zh}", f"{start.en} to {end.en}")
    return BilingualText(
        f"{start.zh}至{last.month}月{last.day}日", f"{first.day} {_MONTHS[first.month - 1]} to {end.en}"
    )


def format_clock_range(start: datetime, end: datetime) -> str:
    """10:00–10:30, hospital time."""
    first, last = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    return f"{first:%H:%M}{EN_DASH}{last:%H:%M}"


def format_age(born_on: date, on: date) -> BilingualText:
    """Age as clinicians write it: days under 28 days, months under one year, years and months under seven, years after.

    Years are completed calendar years; somebody born on 29 February ages on 1 March (domain brief 1.6 clause 8).
    """
    days = (on - born_on).days
    if days < 28:
        return BilingualText(f"{days}{NO_BREAK}天", f"{days}{NO_BREAK}d")
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    years, rest = divmod(months, 12)
    if years == 0:
        return BilingualText(f"{rest}{NO_BREAK}个月", f"{rest}{NO_BREAK}mo")
    if years < 7 and rest:
        return BilingualText(
            f"{years}{NO_BREAK}岁{NO_BREAK}{rest}{NO_BREAK}个月", f"{years}{NO_BREAK}y{NO_BREAK}{rest}{NO_BREAK}mo"
        )
    return BilingualText(f"{years}{NO_BREAK}岁", f"{years}{NO_BREAK}y")


def mask_card(last_four: str) -> BilingualText:
    """A payment card by its last four digits."""
    return BilingualText(f"银行卡 尾号{NO_BREAK}{last_four}", f"Card ending{NO_BREAK}{last_four}")


_DIGITS_ZH = "零壹贰叁肆伍陆柒捌玖"
_PLACES_ZH = ("", "拾", "佰", "仟")
_SECTIONS_ZH = ("", "万", "亿", "万亿")


def _section_zh(section: int) -> str:
    """Up to four digits, zeros inside spoken once, none at either end."""
    text, is_zero_pending = "", False
    for place in (3, 2, 1, 0):
        digit = section // 10**place % 10
        if not digit:
            is_zero_pending = bool(text)
            continue
        text += ("零" if is_zero_pending else "") + _DIGITS_ZH[digit] + _PLACES_ZH[place]
        is_zero_pending = False
    return text


def _whole_yuan_zh(yuan: int) -> str:
    sections: list[int] = []
    while yuan:
        yuan, section = divmod(yuan, 10_000)
        sections.append(section)
    text, is_zero_pending = "", False
    for index in range(len(sections) - 1, -1, -1):
        section = sections[index]
        if not section:
            is_zero_pending = bool(text)
            continue
        has_gap = is_zero_pending or (bool(text) and section < 1000)
        text += ("零" if has_gap else "") + _section_zh(section) + _SECTIONS_ZH[index]
        is_zero_pending = False
    return text


def amount_in_words_zh(amount: Decimal) -> str:
    """壹仟捌佰柒拾柒元玖角整: the wording of Chinese receipts."""
    amount = round_half_up(amount)
    if amount < 0:
        return "负" + amount_in_words_zh(-amount)
    fen_total = int(amount * 100)
    yuan, (jiao, fen) = fen_total // 100, divmod(fen_total % 100, 10)
    whole = f"{_whole_yuan_zh(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{whole or '零元'}整"
    if not jiao:
        return f"{whole}{'零' if whole else ''}{_DIGITS_ZH[fen]}分"
    # A zero in the yuan place before jiao is spoken: 壹拾元零伍角.
    link = "零" if whole and yuan % 10 == 0 else ""
    return f"{whole}{link}{_DIGITS_ZH[jiao]}角" + (f"{_DIGITS_ZH[fen]}分" if fen else "整")


_ONES_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS_EN = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES_EN = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred"))


def _whole_en(number: int) -> str:
    if number < 20:
        return _ONES_EN[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS_EN[tens] + (f"-{_ONES_EN[ones]}" if ones else "")
    scale, name = next((scale, name) for scale, name in _SCALES_EN if number >= scale)
    count, rest = divmod(number, scale)
    return f"{_whole_en(count)} {name}" + (f" {_whole_en(rest)}" if rest else "")


def amount_in_words_en(amount: Decimal) -> str:
    """`One thousand eight hundred seventy-seven yuan and 90/100`."""
    amount = round_half_up(amount)
    if amount < 0:
        return "Minus " + _lower_first(amount_in_words_en(-amount))
    yuan, fen = divmod(int(amount * 100), 100)
    words = _whole_en(yuan)
    return f"{words[0].upper()}{words[1:]} yuan and {fen:02d}/100"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def amount_in_words(amount: Decimal) -> BilingualText:
    """The amount in words, Chinese capital numerals and English."""
    return BilingualText(amount_in_words_zh(amount), amount_in_words_en(amount))


def join_texts(texts: Sequence[BilingualText]) -> BilingualText:
    """Several texts as one list: 、 in Chinese, commas in English. A missing English stays missing."""
    en = "" if any(text.has_gap for text in texts) else ", ".join(text.en for text in texts)
    return BilingualText("、".join(text.zh for text in texts), en)
