package io.dolim.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * A simulated market in which nothing is listed while a test runs: no jumps, steady volatility, a
 * clock that is set. What the engine writes down is then what its clients made it write down.
 */
final class CalmMarket {

    /** Rates are lifted, since one address plays everybody, and so are the quotes that it may have out. */
    private static final String SETTINGS =
            """
            dolim.pool.simulated.coins {
              BTC { vol-of-vol = 0, jumps-per-year = 0 }
              ETH { vol-of-vol = 0, jumps-per-year = 0 }
              SOL { vol-of-vol = 0, jumps-per-year = 0 }
            }
            # one sample covers the averaging window: nothing is written while it lasts
            dolim.book.book.sample-every = 30 m
            dolim.api.rates {
              key.matching { burst = 100000, per-second = 100000 }
              key.reading { burst = 100000, per-second = 100000 }
              address.matching { burst = 100000, per-second = 100000 }
              address.reading { burst = 100000, per-second = 100000 }
              auth { burst = 100000, per-second = 100000 }
            }
            dolim.api.quotes.most-open-of-account = 100000
            """;

    private CalmMarket() {}

    /** The flags of an engine on it, with these keys. */
    static String[] flags(Path dir, String... keys) throws IOException {
        Path settings = dir.resolve("calm.conf");
        Files.writeString(settings, SETTINGS);
        String[] flags = new String[6 + 2 * keys.length];
        String[] fixed = {"--takers", "0", "--seed", "7", "--config", settings.toString()};
        System.arraycopy(fixed, 0, flags, 0, fixed.length);
        for (int i = 0; i < keys.length; i++) {
            flags[6 + 2 * i] = "--key";
            flags[7 + 2 * i] = keys[i];
        }
        return flags;
    }

    /** The same with more settings. */
    static String[] flagsWith(Path dir, String settings, String... keys) throws IOException {
        String[] flags = flags(dir, keys);
        Files.writeString(dir.resolve("calm.conf"), settings, StandardOpenOption.APPEND);
        return flags;
    }

    /** Lets the market of a new state directory begin at a time of tomorrow, UTC. */
    static Instant beginsTomorrowAt(Path dir, LocalTime time) throws IOException {
        Instant begin =
                Instant.now()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .plusDays(1)
                        .atTime(time)
                        .toInstant(ZoneOffset.UTC);
        Files.createDirectories(dir);
        Files.writeString(dir.resolve("market-clock"), "simulated " + begin.toEpochMilli() + "\n");
        return begin;
    }
}
