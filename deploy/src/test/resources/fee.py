"""What every trade would have cost with another fee, and what every account has, by the export of a journal alone.

python3 fee.py SHARE < export.jsonl: one line a trade that differs, "trade price_then"; then one an account,
"account NAME CASH", and one a position, "holds NAME CONTRACT COINS". Money is in micro-USDC, coins in millionths.
Shares no code with the engine. Market, surface and Black-76 are read and computed here; accounts are reckoned from
deposits, the lines of trades, and delivery prices, not from postings.
"""
import base64, json, math, struct, sys
from collections import defaultdict
from datetime import datetime, timezone
from decimal import Decimal
from fractions import Fraction

share = float(sys.argv[1])
contents, specs, surfaces = {}, {}, {}
cash, lots = defaultdict(int), defaultdict(lambda: defaultdict(int))

def sha(b):
    import hashlib
    return hashlib.sha256(b).hexdigest()

def smile(b, i):
    a, bb, rho, m, s, n = struct.unpack_from(">5dH", b, i)
    i += 42
    knots = [struct.unpack_from(">3d", b, i + 24 * j) for j in range(n)]
    return (a, bb, rho, m, s, knots), i + 24 * n

def whole(b, i):
    """A signed whole number: zigzag, seven bits a byte."""
    n, shift = 0, 0
    while True:
        n |= (b[i] & 127) << shift
        shift, i = shift + 7, i + 1
        if b[i - 1] < 128:
            return (n >> 1) ^ -(n & 1), i

def wholes(b, i, count):
    found = []
    for _ in range(count):
        n, i = whole(b, i)
        found.append(n)
    return found, i

def grid_smile(b, i):
    (e, a, bb, rho, m, s, n), i = wholes(b, i, 7)
    at, var = 2.0 ** (e - 18), 2.0 ** (2 * e - 28)
    knots, before, last = [], 0, 0
    for _ in range(n):
        (k, value, curvature), i = wholes(b, i, 3)
        k += 2 * last - before
        before, last = last, k
        knots.append((k * at, value * var, curvature * 2.0 ** -24))
    return (a * var, bb * 2.0 ** (e - 26), rho * 2.0 ** -24, m * at, s * at, knots), i

def grid_surface(b, forwards):
    fixed, = struct.unpack_from(">q", b, 1)
    count, i = whole(b, 9)
    slices = []
    for j in range(count):
        expiry, disc = struct.unpack_from(">qd", b, i)
        unc, i = whole(b, i + 16)
        own, i = grid_smile(b, i)
        n, i = whole(b, i)
        floors = []
        for _ in range(n):
            k, i = whole(b, i)
            if k < 0:
                f, i = grid_smile(b, i)
                floors.append(f)
            else:
                floors.append(slices[k][4])
        slices.append((expiry, forwards[j], disc, unc * 2.0 ** -24, own, floors))
    return fixed, slices

def exact_surface(b):
    fixed, count = struct.unpack_from(">qH", b, 0)
    i, slices = 10, []
    for _ in range(count):
        expiry, fwd, disc, unc = struct.unpack_from(">q3d", b, i)
        own, i = smile(b, i + 32)
        n, i = b[i], i + 1
        floors = []
        for _ in range(n):
            k, i = b[i], i + 1
            if k == 255:
                f, i = smile(b, i)
                floors.append(f)
            else:
                floors.append(slices[k][4])
        slices.append((expiry, fwd, disc, unc, own, floors))
    return fixed, slices

def market_of(b):
    """What ticks, and the surface below it."""
    forwards, i = None, 0
    if b[0] == 255:
        (scale, count), i = wholes(b, 1, 2)
        steps, i = wholes(b, i, count)
        forwards = [sum(steps[:j + 1]) * 2.0 ** -scale for j in range(count)]
    n = b[i]
    time, spot, fit, _, _ = struct.unpack_from(">q4d", b, i + 1 + n)
    name = b[-32:].hex()
    key = (name, tuple(forwards or []))
    if key not in surfaces:
        if len(surfaces) > 64:
            surfaces.clear()
        surfaces[key] = grid_surface(contents[name], forwards) if forwards else exact_surface(contents[name])
    return dict(time=time, spot=spot, fit=fit, surface=surfaces[key])

def rules_of(view):
    """The configuration of a view: its hash follows the frozen view's, or is told in words."""
    if view[:5] == b"view=":
        words = dict(line.split("=") for line in view.decode().splitlines())
        return json.loads(contents[words["rules"]])
    return json.loads(contents[view[32:64].hex()])

def raw(s, k):
    a, b, rho, m, sg, _ = s
    return a + b * (rho * (k - m) + math.hypot(k - m, sg))

def variance(s, k):
    knots = s[5]
    if not knots:
        return raw(s, k)
    end = min(max(k, knots[0][0]), knots[-1][0])
    j = max(j for j in range(len(knots) - 1) if knots[j][0] <= end)
    (lk, lv, lc), (rk, rv, rc) = knots[j], knots[j + 1]
    h = rk - lk
    t = (end - lk) / h
    u = 1 - t
    w = raw(s, end) + u * lv + t * rv - h * h / 6 * t * u * ((1 + u) * lc + (1 + t) * rc)
    if end == k:
        return w
    _, b, rho, m, sg, _ = s
    slope = b * (rho + (end - m) / math.hypot(end - m, sg))
    slope += (rv - lv) / h + h / 6 * ((3 * t * t - 1) * rc - (3 * u * u - 1) * lc)
    return w + slope * (k - end)

def norm(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))

def expiry_of(name):
    day = name.split("-")[1]
    return datetime.strptime(day, "%d%b%y").replace(hour=8, tzinfo=timezone.utc).timestamp() * 1000

def slice_at(market, expiry):
    """Forward and discount of the fit, and total variance by ln(K/F), of an expiry that need not be fitted."""
    fixed, slices = market["surface"]
    of = lambda s: lambda k: max([variance(s[4], k)] + [variance(f, k) for f in s[5]])
    before, after = [s for s in slices if s[0] <= expiry], [s for s in slices if s[0] >= expiry]
    if before and before[-1][0] == expiry:
        return before[-1][1], before[-1][2], of(before[-1])
    if any(s[2] != 1 for s in slices):
        raise SystemExit("a discount between expiries")
    if not after:
        last = before[-1]
        more = (expiry - last[0]) / (last[0] - fixed)
        return last[1], 1.0, lambda k: of(last)(k) + of(last)(0.0) * more
    if not before:
        first = after[0]
        return first[1], 1.0, lambda k: of(first)(k) * (expiry - fixed) / (first[0] - fixed)
    left, right = before[-1], after[0]
    share_ = (expiry - left[0]) / (right[0] - left[0])
    between = lambda k: of(left)(k) + share_ * (of(right)(k) - of(left)(k))
    return left[1] * (right[1] / left[1]) ** share_, 1.0, between

def mark(market, name):
    _, _, strike, kind = name.split("-")
    expiry = expiry_of(name)
    fwd, disc, total = slice_at(market, expiry)
    forward = fwd * (market["spot"] / market["fit"])
    years = (expiry - market["time"]) / (365 * 86400000)
    fitted = (expiry - market["surface"][0]) / (365 * 86400000)
    k = math.log(float(strike) / forward)
    dev = math.sqrt(total(k) / fitted * years)
    d1 = -k / dev + dev / 2
    call = forward * norm(d1) - float(strike) * norm(d1 - dev)
    return disc * (call if kind == "C" else call - forward + float(strike))

def forward(market, name):
    fwd, disc, _ = slice_at(market, expiry_of(name))
    return fwd * (market["spot"] / market["fit"]), disc

def floor(market, legs, tick):
    """The least a package pays off, and the same hedged by a forward: every leg of a package counts."""
    least, hedged = tick, 0.0
    for day in {leg["contract"].split("-")[1] for leg in legs}:
        own = [leg for leg in legs if leg["contract"].split("-")[1] == day]
        pieces = []
        for leg in own:
            _, _, strike, kind = leg["contract"].split("-")
            coins = leg["lots"] * float(specs[leg["contract"]]["coinsPerLot"])
            pieces.append((kind, float(strike), coins))
        f, disc = forward(market, own[0]["contract"])
        pay = lambda s: sum(c * max(0.0, s - k if t == "C" else k - s) for t, k, c in pieces)
        slope = sum(c for t, _, c in pieces if t == "C")
        kinks = [0.0] + [k for _, k, _ in pieces]
        least += disc * min(pay(k) for k in kinks) if slope >= 0 else -math.inf
        low = pay(f)
        for left in [k for k in kinks if k <= f]:
            low = min(low, pay(left) + slope * (f - left))
            for right in [k for k in kinks if k > f]:
                share_ = (f - left) / (right - left)
                low = min(low, pay(left) + share_ * (pay(right) - pay(left)))
        hedged += disc * low
    return max(least, hedged)

def up(x):
    return math.ceil(Fraction(x) * 10**6)

def settle(coin, expiry, price):
    """Every account is paid once for all it holds of an expiry, rounded down; it then holds none of it."""
    for account, own in lots.items():
        worth, gone = Fraction(0), [c for c in own if c.startswith(coin + "_") and c.split("-")[1] == expiry]
        for contract in gone:
            strike, kind = Fraction(contract.split("-")[2]), contract.split("-")[3]
            pay = max(Fraction(0), price - strike if kind == "C" else strike - price)
            worth += pay * own.pop(contract) * Fraction(str(specs[contract]["coinsPerLot"]))
        cash[account] += math.floor(worth * 10**6)

def traded(d):
    """The price under the other fee, where it is another."""
    market = market_of(contents[d["marketHash"]])
    cap = rules_of(contents[d["viewHash"]])["dolim"]["quoting"]["fee"]["mark-cap"]
    legs, fee, step = d["trade"]["legs"]["legs"], 0.0, None
    for leg in legs:
        spec = specs[leg["contract"]]
        coins = abs(leg["lots"]) * float(spec["coinsPerLot"])
        fee += min(share * coins * market["spot"], cap * coins * mark(market, leg["contract"]))
        tick = abs(leg["lots"]) * Fraction(str(spec["coinsPerLot"])) * Fraction(str(spec["tickUsdc"])) * 10**6
        step = tick if step is None else min(step, tick)
    l = d["trade"]["lines"]
    was = sum(l.values())
    least = max(floor(market, legs, float(step) / 1e6), d["leastUsdc"]) * 1e6
    before = was - l["tick"]
    after = before - l["fee"] + up(fee)
    if abs(before - least) < 2 or after < least:
        after = max(least, before if abs(before - least) < 2 else least)
    if len(legs) == 1 and legs[0]["lots"] < 0 and after > 0:
        after = 0
    total = int(-(-Fraction(after) // step) * step)
    if total != was or abs(up(fee) - l["fee"]) > 2:
        print(d["trade"]["id"], total)

for line in sys.stdin:
    row = json.loads(line)
    d, event = row["data"], row["event"]
    if event == "InputsRecorded":
        for content in d["contents"]:
            b = base64.b64decode(content["bytes"])
            contents[sha(b)] = b
    elif event == "InstrumentListed":
        specs[d["contract"]] = d
    elif event == "TradeExecuted":
        traded(d)
        account = d["trade"]["account"]
        cash[account] -= sum(d["trade"]["lines"].values())
        for leg in d["trade"]["legs"]["legs"]:
            lots[account][leg["contract"]] += leg["lots"]
    elif event == "Deposited":
        cash[d["account"]] += d["amount"]
    elif event == "Withdrawn":
        cash[d["account"]] -= d["amount"]
    elif event == "TradeAdjusted":
        for p in d["postings"]:
            if p["ledger"].startswith("taker:"):
                cash[p["ledger"][6:]] += p["amount"]
    elif event == "DeliveryPriceSet":
        price = json.loads(line, parse_float=Decimal)["data"]["priceUsdc"]
        settle(row["writer"].split("-", 1)[1], d["expiry"], Fraction(price))

for account in sorted(cash):
    print("account", account, cash[account])
    for contract, held in sorted(lots[account].items()):
        if held:
            print("holds", account, contract, int(held * Fraction(str(specs[contract]["coinsPerLot"])) * 10**6))
