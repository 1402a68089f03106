package io.dolim.book.audit;

import static io.dolim.book.audit.Displays.FAR;
import static io.dolim.book.audit.Displays.MARKET;
import static io.dolim.book.audit.Displays.NEAR;
import static io.dolim.book.audit.Displays.call;
import static io.dolim.book.audit.Displays.clean;
import static io.dolim.book.audit.Displays.price;
import static io.dolim.book.audit.Displays.put;
import static io.dolim.book.audit.Displays.shown;
import static io.dolim.book.audit.Displays.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One display in which nothing pays, and one planted opportunity of each kind. */
class ArbitrageSearchTest {

    @Test
    void anHonestDisplayPaysNobody() {
        assertEquals(List.of(), ArbitrageSearch.in(MARKET, clean(OptionType.CALL, OptionType.PUT)));
    }

    @Test
    void aCallBidAboveThePutsAskAndTheForwardIsFound() {
        OptionContract call = call(NEAR, 1_000);
        Shown dear = shown(call, price(call) + 0.6, price(call) + 1.6);
        Set<String> kinds = kinds(with(clean(OptionType.CALL, OptionType.PUT), dear));
        assertEquals(Set.of("crossed or parity"), kinds);
    }

    @Test
    void anAskUnderIntrinsicIsFound() {
        OptionContract put = put(FAR, 1_200);
        double intrinsic = 0.99 * (1_200 - 1_010);
        List<String> found = found(shown(put, intrinsic - 2, intrinsic - 1), OptionType.PUT);
        assertEquals(Set.of("call for nothing"), starts(found, "call for nothing"));
        List<String> calls =
                found(shown(call(FAR, 800), 200, 0.99 * (1_010 - 800) - 1), OptionType.CALL);
        assertEquals(Set.of("under intrinsic"), starts(calls, "under intrinsic"));
    }

    @Test
    void aBidOverTheForwardIsFound() {
        List<String> found = found(shown(call(NEAR, 800), 1_001, 1_002), OptionType.CALL);
        assertEquals(Set.of("bid over the forward"), starts(found, "bid over the forward"));
    }

    @Test
    void verticalsAreFoundBothWays() {
        double dearer = price(call(NEAR, 1_100)) + 0.6;
        assertEquals(
                Set.of("vertical for nothing"),
                kinds(with(clean(OptionType.CALL), shown(call(NEAR, 1_200), dearer, dearer + 1))));
        OptionContract low = call(NEAR, 800);
        double wide = price(call(NEAR, 900)) + 100.6;
        assertEquals(
                Set.of("vertical beyond its width"),
                kinds(with(clean(OptionType.CALL), shown(low, wide, wide + 1))));
    }

    @Test
    void aBoxOfCallsAndPutsIsFound() {
        OptionContract put = put(NEAR, 1_200);
        List<Shown> calls = clean(OptionType.CALL);
        List<Shown> mixed =
                calls.stream().filter(one -> !one.contract().equals(call(NEAR, 1_200))).toList();
        double cheap = price(call(NEAR, 1_100)) + 0.6 + (1_200 - 1_000);
        List<Shown> planted = new java.util.ArrayList<>(mixed);
        planted.add(shown(put, cheap, cheap + 1));
        assertFalse(starts(ArbitrageSearch.in(MARKET, planted), "vertical for nothing").isEmpty());
    }

    @Test
    void anAdjacentAndAWiderButterflyAreFound() {
        OptionContract mid = call(FAR, 1_000);
        double adjacent = (price(call(FAR, 900)) + price(call(FAR, 1_100))) / 2 + 0.6;
        assertEquals(
                Set.of("butterfly"),
                kinds(with(clean(OptionType.CALL), shown(mid, adjacent, adjacent + 1))));
        List<Shown> sparse =
                clean(OptionType.CALL).stream()
                        .filter(
                                one ->
                                        !one.contract().equals(call(FAR, 900))
                                                && !one.contract().equals(call(FAR, 1_100)))
                        .toList();
        double wider = (price(call(FAR, 800)) + price(call(FAR, 1_200))) / 2 + 0.6;
        assertEquals(Set.of("butterfly"), kinds(with(sparse, shown(mid, wider, wider + 1))));
    }

    @Test
    void aCalendarAtEqualMoneynessIsFound() {
        OptionContract near = call(NEAR, 1_000);
        // the later call of no greater moneyness, per unit of its forward
        double over = price(call(FAR, 1_000)) * 1_000 / (0.99 * 1_010) + 0.6;
        assertEquals(
                Set.of("butterfly", "calendar"),
                kinds(with(clean(OptionType.CALL), shown(near, over, over + 1))));
        OptionContract far = call(FAR, 1_000);
        double under = price(near) * 0.99 * 1_010 / 1_000 - 1.6;
        assertFalse(
                starts(found(shown(far, under - 1, under), OptionType.CALL), "calendar").isEmpty());
    }

    @Test
    void aPriceThatIsNoNumberIsNoProof() {
        List<Shown> odd = with(clean(OptionType.CALL), shown(call(NEAR, 800), 1e300, 1e300));
        assertFalse(ArbitrageSearch.in(MARKET, odd).isEmpty());
    }

    private static List<String> found(Shown planted, OptionType type) {
        return ArbitrageSearch.in(MARKET, with(clean(type), planted));
    }

    private static Set<String> kinds(List<Shown> shown) {
        TreeSet<String> kinds = new TreeSet<>();
        ArbitrageSearch.in(MARKET, shown)
                .forEach(found -> kinds.add(found.substring(0, found.indexOf(':'))));
        return kinds;
    }

    private static Set<String> starts(List<String> found, String kind) {
        TreeSet<String> kinds = new TreeSet<>();
        for (String one : found) {
            if (one.startsWith(kind + ":")) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
