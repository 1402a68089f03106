package io.dolim.capacity.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Q4 across market views: what takers who try take, at the engine's own mark. */
class AdversariesTest {

    private static final Config CONFIG = ConfigFactory.load().getConfig("dolim.capacity");
    private static final int SESSIONS = Integer.getInteger("dolim.sessions", 200);

    @Tag("slow")
    @Test
    void noStrategyTakesMoreThanTheChargeAccountHeldAndWasBudgeted() {
        Sessions sessions = new Sessions(CONFIG, 1);
        TreeMap<String, Integer> fills = new TreeMap<>();
        for (int number = 0; number < SESSIONS; number++) {
            Outcome outcome = sessions.play(number);
            assertTrue(outcome.beyondUsdc() <= 0, outcome::toString);
            assertTrue(outcome.discountsBeyondUsdc() <= 0, outcome::toString);
            assertEquals(0, outcome.denied(), outcome::toString);
            assertEquals(0, outcome.leftReservations(), outcome::toString);
            fills.merge(outcome.strategy(), outcome.fills(), Integer::sum);
        }
        assertEquals(Sessions.strategies().size(), fills.size());
        // in the last half hour nothing is quoted
        fills.remove(Strategy.LATE_JUMP.code());
        assertTrue(fills.values().stream().allMatch(each -> each > SESSIONS / 20), fills::toString);
    }

    @Test
    void aSessionPlaysAlikeAlone() {
        Outcome among = new Sessions(CONFIG, 5).play(3);
        Sessions later = new Sessions(CONFIG, 5);
        later.play(12);

        assertEquals(among, later.play(3));
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void anAttackPaysWithoutItsDefenceAndNotWithIt(Attack attack) {
        Attack.Figures played = attack.played(CONFIG);

        assertTrue(played.without().chargesUsdc() > 1_000, played::toString);
        assertTrue(played.with().chargesUsdc() <= played.with().thereUsdc(), played::toString);
        assertTrue(played.with().wholeUsdc() <= 0, played::toString);
    }
}
