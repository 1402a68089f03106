package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pool that is started with other settings writes down which, from what to what, and who. */
class ConfiguredTest {

    private static final Config ROOT = ConfigFactory.load();

    @Test
    void everySettingOfTheChosenPathsHasItsPlace() {
        Configured configured =
                configured("a { b = 1, \"c.d\" = [2, 3], e { f = x } }, g = 4", "a");
        assertEquals("{a.\"c.d\"=[2,3], a.b=1, a.e.f=\"x\"}", configured.settings().toString());
        assertThrows(ConfigException.class, () -> configured("a { b = 1 }", "absent"));
    }

    @Test
    void theFirstStartWritesAllAndALaterOneWhatIsAnother() {
        Configured first = configured("", "dolim.capacity");
        CapacityEvent.ParametersConfigured began = started(CapitalState.EMPTY, first);
        assertEquals(first.settings().size(), began.changes().size());
        CapitalState state = CapitalState.EMPTY.apply(began);
        assertEquals(first.settings(), state.settings());
        assertEquals(List.of(), events(state, first));

        Configured later =
                configured(
                        "dolim.capacity { potential.risk-aversion = 3, charge-account.half-life = 5 d }",
                        "dolim.capacity");
        CapacityEvent.ParametersConfigured changed = started(state, later);
        assertEquals("os:ann", changed.by());
        assertEquals(7, changed.atMs());
        assertEquals(
                List.of(
                        new Configured.Change(
                                "dolim.capacity.charge-account.half-life", "\"10 d\"", "\"5 d\""),
                        new Configured.Change("dolim.capacity.potential.risk-aversion", "2", "3")),
                changed.changes());
        assertEquals(later.settings(), state.apply(changed).settings());
    }

    @Test
    void whatIsNoLongerASettingIsGone() {
        CapitalState state =
                CapitalState.EMPTY.apply(
                        started(CapitalState.EMPTY, configured("a { b = 1, c = 2 }", "a")));
        Configured less = configured("a { c = 2 }", "a");
        assertEquals(
                List.of(new Configured.Change("a.b", "1", "")), started(state, less).changes());
        assertEquals(less.settings(), state.apply(started(state, less)).settings());
    }

    @Test
    void whereNobodySaysNothingIsWritten() {
        CapitalState state =
                CapitalState.EMPTY.apply(
                        started(CapitalState.EMPTY, configured("a { b = 1 }", "a")));
        assertEquals(List.of(), events(state, Configured.UNTOLD));
    }

    private static Configured configured(String text, String path) {
        return Configured.of(
                "os:ann", ConfigFactory.parseString(text).withFallback(ROOT), List.of(path));
    }

    private static CapacityEvent.ParametersConfigured started(
            CapitalState state, Configured configured) {
        return (CapacityEvent.ParametersConfigured) events(state, configured).getFirst();
    }

    private static List<CapacityEvent> events(CapitalState state, Configured configured) {
        return FirstEvents.of(state, "standard-3", Pool.PARAMETERS, configured, 7).stream()
                .filter(CapacityEvent.ParametersConfigured.class::isInstance)
                .toList();
    }
}
