package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dolim.quoting.pricing.PricingVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One file a pricing version and scenario set, never changed: other bits of a vector, a charge or a line of a quote
 * need a new {@link PricingVersion} and with it a new file.
 */
class GoldenTapeTest {

    private static final String SECOND_SET = "standard-2@BTC=0.45,ETH=0.7";

    @ParameterizedTest
    @ValueSource(ints = {2, PricingVersion.CURRENT})
    void vectorsChargesAndQuotesAreThoseOfTheirPricingVersion(int version) {
        assertEquals(file(version, ""), new GoldenTape(version, "standard-1").played());
        assertEquals(file(version, "-filtered"), new GoldenTape(version, SECOND_SET).played());
    }

    @Test
    void soAreThoseOverTheSetOfANewPool() {
        assertEquals(
                file(PricingVersion.CURRENT, "-mirrored"),
                new GoldenTape(PricingVersion.CURRENT, "standard-3").played());
    }

    private static String file(int version, String set) {
        return Samples.resource("golden-tape/version-" + version + set + ".txt");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Ddolim.lanes.bits=128",
                "-Ddolim.lanes.bits=256",
                "-Ddolim.lanes.bits=512",
                "-XX:UseAVX=0",
                "-XX:UseAVX=2",
                "-XX:UseAVX=3"
            })
    void aMachineStartedOtherwisePlaysTheSameTape(String flag)
            throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        flag,
                        "--add-modules=jdk.incubator.vector",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GoldenTape.class.getName(),
                        "standard-1",
                        SECOND_SET);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String played = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(600, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("no answer from " + command);
        }
        assertEquals(0, process.exitValue(), () -> command + " said " + played);
        assertEquals(
                file(PricingVersion.CURRENT, "") + file(PricingVersion.CURRENT, "-filtered"),
                played);
    }
}
