package io.dolim.api.venue;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.List;

/** Settings of a {@link DeribitVenue} as tests want them: impatient, and with small pages. */
final class Venues {

    private Venues() {}

    static DeribitVenueSettings settings(URI endpoint, long answerMs) {
        return settings(endpoint, answerMs, "page = 4, backoff-min = 20 ms, backoff-max = 100 ms");
    }

    static DeribitVenueSettings settings(URI endpoint, long answerMs, String more) {
        return VenueConfig.deribit(
                ConfigFactory.parseString(
                                "name = here, rate { per-second = 5000, burst = 1000 }, endpoint = \""
                                        + endpoint
                                        + "\", answer-within = "
                                        + answerMs
                                        + " ms, "
                                        + more)
                        .withFallback(
                                ConfigFactory.defaultReference()
                                        .getConfig("dolim.api.venue.deribit")),
                new DeribitVenueSettings.Credentials("pool", VenueHost.SECRET),
                List.of(Exchanges.rules().perpetuals().getFirst().spec()),
                1);
    }
}
