package io.dolim.quoting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.OptionType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Black76KernelTest {
    /** The golden tape of pricing versions 1 to 3, which price options alike. Other bits need a new {@link PricingVersion}. */
    private static final String PRICES = "c299815524ed0c4507ae1c1e6fbf440a";

    private static final String SCENARIOS = "63a27108a39a33b6225d56bdfad41267";
    private static final String VOLATILITIES = "603312bec544519cd36246ca78846552";

    private static final String BITS = "-Ddolim.lanes.bits=";

    @Test
    void theGoldenTapeBelongsToThisPricingVersion() {
        assertEquals(3, PricingVersion.CURRENT);
    }

    @Test
    void scalarAndLanesPlayTheGoldenTape() {
        assertEquals(PRICES, GoldenTape.scalar());
        assertEquals(PRICES, GoldenTape.lanes());
        assertEquals(SCENARIOS, GoldenTape.scenarios());
        assertEquals(VOLATILITIES, GoldenTape.volatilities());
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Ddolim.lanes.bits=128",
                "-Ddolim.lanes.bits=256",
                "-Ddolim.lanes.bits=512",
                "-XX:UseAVX=0",
                "-XX:UseAVX=1",
                "-XX:UseAVX=2",
                "-XX:UseAVX=3"
            })
    void aMachineStartedOtherwisePlaysTheSameTape(String flag)
            throws IOException, InterruptedException {
        String expected =
                " scalar="
                        + PRICES
                        + " lanes="
                        + PRICES
                        + " scenarios="
                        + SCENARIOS
                        + " volatility="
                        + VOLATILITIES;
        String played = played(flag);
        String width = played.substring(0, played.indexOf(' '));
        assertEquals(width + expected, played);
        if (flag.startsWith(BITS)) {
            assertEquals("bits=" + flag.substring(BITS.length()), width);
        }
    }

    @Test
    void everyRowOfTheLanesIsTheScalarPriceToTheBit() {
        OptionColumns options = GoldenTape.options();
        double[] prices = new double[options.size()];
        Black76Kernel kernel = new Black76Kernel();
        kernel.price(options, prices);
        for (int i = 0; i < options.size(); i++) {
            double scalar =
                    Black76.price(
                            options.type(i),
                            options.forward[i],
                            options.strike[i],
                            options.years[i],
                            options.volAnnual[i],
                            options.discount[i]);
            assertEquals(
                    Double.doubleToLongBits(scalar),
                    Double.doubleToLongBits(prices[i]),
                    "row " + i);
        }
    }

    @Test
    void everyScenarioHasTheScalarPriceAndDeltaToTheBit() {
        OptionColumns options = GoldenTape.options();
        int count = 3_001;
        double[] prices = new double[count];
        double[] deltas = new double[count];
        for (OptionType type : OptionType.values()) {
            new Black76Kernel()
                    .repriceWithDelta(
                            type,
                            3.0,
                            0.25,
                            0.99,
                            options.forward,
                            options.volAnnual,
                            count,
                            prices,
                            deltas);
            for (int i = 0; i < count; i++) {
                Greeks scalar =
                        Black76.greeks(
                                type, options.forward[i], 3.0, 0.25, options.volAnnual[i], 0.99);
                assertEquals(
                        Double.doubleToLongBits(scalar.price()),
                        Double.doubleToLongBits(prices[i]),
                        type + " price " + i);
                assertEquals(
                        Double.doubleToLongBits(scalar.delta()),
                        Double.doubleToLongBits(deltas[i]),
                        type + " delta " + i);
            }
        }
    }

    @Test
    void aBadScenarioIsRefusedAndLeavesThePricesAsTheyWere() {
        double[] forwards = new double[200];
        Arrays.fill(forwards, 100.0);
        double[] vols = new double[200];
        Arrays.fill(vols, 0.5);
        vols[199] = Double.NaN;
        double[] prices = new double[200];
        Black76Kernel kernel = new Black76Kernel();
        assertThrows(
                IllegalArgumentException.class,
                () -> kernel.reprice(OptionType.CALL, 100, 1, 1, forwards, vols, 200, prices));
        assertEquals(0.0, prices[0]);
        assertThrows(
                IllegalArgumentException.class,
                () -> kernel.reprice(OptionType.CALL, 100, 1, 1, forwards, vols, 201, prices));
        assertThrows(
                IllegalArgumentException.class,
                () -> kernel.price(new OptionColumns(3), new double[2]));
        OptionColumns options = new OptionColumns(1);
        assertThrows(
                IllegalArgumentException.class,
                () -> options.set(0, OptionType.CALL, 0.0, 1, 1, 1, 1));
        assertEquals(1.0, options.forward[0]);
    }

    private static String played(String flag) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        flag,
                        "--add-modules=jdk.incubator.vector"));
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GoldenTape.class.getName()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("no answer from " + command);
        }
        assertEquals(0, process.exitValue(), () -> command + " said " + output);
        return output.strip();
    }
}
