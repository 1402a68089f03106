package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

final class OutboxTest {

    private static ByteString bytes(String text) {
        return ByteString.fromString(text, UTF_8);
    }

    private static Notification update(String channel, Delivery delivery, String text) {
        return new Notification(channel, delivery, 1, bytes(text));
    }

    @Test
    void aLaterStateTakesThePlaceOfAnUnsentOne() {
        Outbox outbox = new Outbox(9, 9, 999, new Budget(1 << 20));
        outbox.update(update("a", Delivery.LATEST, "a1 "));
        outbox.respond(bytes("r1 "), Precedence.TRADE);
        outbox.update(update("b", Delivery.LATEST, "b1 "));
        assertEquals(Outbox.Offer.CONFLATED, outbox.update(update("a", Delivery.LATEST, "a2 ")));
        outbox.update(update("t", Delivery.EVERY, "t1 "));
        outbox.update(update("t", Delivery.EVERY, "t2 "));
        assertEquals("a2 r1 b1 t1 t2 ", outbox.take(999).utf8String());
        assertEquals(Outbox.Offer.QUEUED, outbox.update(update("a", Delivery.LATEST, "a3 ")));
        assertEquals("a3 ", outbox.take(999).utf8String());
    }

    @Test
    void eachBoundOverflowsByItselfAndNothingIsTakenAfterwards() {
        Outbox responses = new Outbox(1, 9, 999, new Budget(1 << 20));
        responses.respond(bytes("1"), Precedence.TRADE);
        assertEquals(Outbox.Offer.OVERFLOW, responses.respond(bytes("2"), Precedence.TRADE));
        assertEquals(Outbox.Offer.CLOSED, responses.respond(bytes("3"), Precedence.TRADE));
        assertEquals("", responses.take(999).utf8String());
        Outbox updates = new Outbox(9, 1, 999, new Budget(1 << 20));
        updates.update(update("a", Delivery.LATEST, "1"));
        assertEquals(Outbox.Offer.OVERFLOW, updates.update(update("b", Delivery.LATEST, "2")));
        Outbox size = new Outbox(9, 9, 4, new Budget(1 << 20));
        size.respond(bytes("1234"), Precedence.TRADE);
        assertEquals(Outbox.Offer.OVERFLOW, size.update(update("a", Delivery.EVERY, "5")));
        Outbox growth = new Outbox(9, 9, 8, new Budget(1 << 20));
        growth.update(update("a", Delivery.LATEST, "1234"));
        assertEquals(Outbox.Offer.OVERFLOW, growth.update(update("a", Delivery.LATEST, "12345")));
    }

    @Test
    void onlyTheLastOfSeveralUnsentPongsIsKept() {
        Outbox outbox = new Outbox(1, 1, 9, new Budget(1 << 20));
        for (int i = 0; i < 100; i++) {
            outbox.pong(bytes("p" + i));
        }
        assertEquals("p99", outbox.take(9).utf8String());
    }

    @Test
    void anyMixOfOffersAndTakesLosesNoAnswerAndEndsWithTheLatestOfEachChannel() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Outbox outbox = new Outbox(1000, 1000, 1 << 20, new Budget(1 << 20));
            List<String> owed = new ArrayList<>();
            Map<String, String> latest = new LinkedHashMap<>();
            StringBuilder taken = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        owed.add("r" + i);
                        outbox.respond(bytes("r" + i + " "), Precedence.TRADE);
                    }
                    case 1 -> taken.append(outbox.take(random.nextInt(1, 20)).utf8String());
                    default -> {
                        String channel = "c" + random.nextInt(5);
                        latest.put(channel, channel + "=" + i);
                        outbox.update(update(channel, Delivery.LATEST, channel + "=" + i + " "));
                    }
                }
            }
            taken.append(outbox.take(Integer.MAX_VALUE).utf8String());
            List<String> got = List.of(taken.toString().trim().split(" ", -1));
            assertEquals(
                    owed, got.stream().filter(s -> s.startsWith("r")).toList(), "seed " + seed);
            Map<String, String> last = new LinkedHashMap<>();
            got.stream()
                    .filter(s -> s.startsWith("c"))
                    .forEach(s -> last.put(s.substring(0, 2), s));
            assertEquals(latest, last, "seed " + seed);
        }
    }

    @Test
    void theQueuesOfAllTogetherAreBoundedAndGiveBackWhatTheyHeld() {
        Budget budget = new Budget(10);
        Outbox one = new Outbox(9, 9, 99, budget);
        Outbox two = new Outbox(9, 9, 99, budget);
        one.respond(bytes("123456"), Precedence.TRADE);
        two.respond(bytes("1234"), Precedence.TRADE);
        assertEquals(Outbox.Offer.OVERFLOW, two.respond(bytes("5"), Precedence.TRADE));
        assertEquals(6, budget.used());
        assertEquals("123456", one.take(99).utf8String());
        assertEquals(0, budget.used());
        one.update(update("a", Delivery.LATEST, "12"));
        one.update(update("a", Delivery.LATEST, "1"));
        assertEquals(1, budget.used());
        one.close();
        assertEquals(0, budget.used());
    }

    @Test
    void whatMovesRiskFindsRoomWhenNothingElseDoesAnyMore() {
        Outbox answers = new Outbox(4, 9, 1 << 20, new Budget(1 << 20));
        answers.respond(bytes("1"), Precedence.OTHER);
        assertFalse(answers.isShort());
        answers.respond(bytes("2"), Precedence.OTHER);
        assertTrue(answers.isShort());
        answers.respond(bytes("3"), Precedence.OTHER);
        assertEquals(Outbox.Offer.QUEUED, answers.respond(bytes("4"), Precedence.TRADE));
        Outbox bytes = new Outbox(9, 9, 8, new Budget(1 << 20));
        bytes.update(update("a", Delivery.EVERY, "1234"));
        bytes.respond(bytes("56"), Precedence.OTHER);
        assertEquals(Outbox.Offer.QUEUED, bytes.respond(bytes("78"), Precedence.TRADE));
        Outbox full = new Outbox(9, 9, 8, new Budget(1 << 20));
        full.update(update("a", Delivery.EVERY, "1234"));
        assertEquals(Outbox.Offer.OVERFLOW, full.update(update("a", Delivery.EVERY, "5")));
        Outbox others = new Outbox(4, 9, 1 << 20, new Budget(1 << 20));
        for (int i = 0; i < 3; i++) {
            others.respond(bytes("1"), Precedence.OTHER);
        }
        assertEquals(Outbox.Offer.OVERFLOW, others.respond(bytes("4"), Precedence.OTHER));
    }

    @Test
    void theLastOfAllQueuesTogetherIsKeptForWhatMovesRisk() {
        Budget budget = new Budget(8192);
        Outbox slow = new Outbox(9, 9, 1 << 20, budget);
        Outbox trader = new Outbox(9, 9, 1 << 20, budget);
        assertFalse(trader.isShort());
        assertEquals(
                Outbox.Offer.QUEUED, slow.update(update("a", Delivery.EVERY, "x".repeat(4096))));
        assertTrue(trader.isShort());
        Outbox another = new Outbox(9, 9, 1 << 20, budget);
        assertEquals(Outbox.Offer.OVERFLOW, another.update(update("a", Delivery.EVERY, "x")));
        assertEquals(
                Outbox.Offer.QUEUED, trader.respond(bytes("x".repeat(2048)), Precedence.OTHER));
        assertEquals(
                Outbox.Offer.QUEUED, trader.respond(bytes("x".repeat(2048)), Precedence.TRADE));
    }
}
