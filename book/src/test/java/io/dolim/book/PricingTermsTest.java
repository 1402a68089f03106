package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.dolim.book.trade.Content;
import io.dolim.capacity.Haircut;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PricingTermsTest {

    private static final Content WRITTEN =
            PricingTerms.of(ConfigFactory.defaultReferenceUnresolved().resolve(), Samples.SPEC)
                    .content();

    @Test
    void whatIsReadPricesAsWhatWasWritten() {
        PricingTerms read = PricingTerms.of(WRITTEN);
        assertEquals(Samples.SPEC, read.contract());
        assertEquals(
                QuoteConfig.of(ConfigFactory.defaultReferenceUnresolved().resolve(), Samples.BTC),
                read.quotes());
        assertEquals(WRITTEN, read.content());
    }

    @Test
    void aSettingOfALaterReleaseIsNotMissed() {
        Config earlier =
                ConfigFactory.parseString(new String(WRITTEN.bytes(), StandardCharsets.UTF_8))
                        .withoutPath("dolim.capacity.view-life");
        PricingTerms read =
                PricingTerms.of(
                        Samples.content(
                                PricingTerms.KIND,
                                earlier.root().render(ConfigRenderOptions.concise())));
        assertEquals(PricingTerms.of(WRITTEN).capacity(), read.capacity());
    }

    @Test
    void aHaircutOfBeforeIsTheShareThatWasWrittenDown() {
        Config earlier =
                ConfigFactory.parseString(
                        new String(WRITTEN.bytes(), StandardCharsets.UTF_8)
                                .replaceFirst(
                                        "\"haircuts\":\\{.*?\\}\\}", "\"usdc-haircut\":0.001"));
        PricingTerms read =
                PricingTerms.of(
                        Samples.content(
                                PricingTerms.KIND,
                                earlier.root().render(ConfigRenderOptions.concise())));
        assertEquals(new Haircut.Fixed(0.001), read.capacity().usdcHaircut());
    }

    @Test
    void onlySettingsThatPriceCanBeChanged() {
        PricingTerms read = PricingTerms.of(WRITTEN);
        assertEquals(
                0.002,
                read.with("dolim.quoting.fee.notional-share", "0.002")
                        .quotes()
                        .fee()
                        .notionalShare());
        assertThrows(
                IllegalArgumentException.class,
                () -> read.with("dolim.quoting.fee.nothing", "0.002"));
        assertThrows(IllegalArgumentException.class, () -> read.with("pekko.loglevel", "OFF"));
    }
}
