package io.dolim.book.trade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.QuoteLines;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuoteTokenTest {

    private static final byte[] KEY = filled(32, 7);
    private static final QuoteToken TOKENS = new QuoteToken(KEY, "boot-1");

    @Test
    void aSealedQuoteOpensAsItWas() {
        FirmQuote quote = quote("boot-1");
        assertEquals(new QuoteToken.Genuine(quote), TOKENS.open(TOKENS.seal(quote)));
        assertEquals(Optional.of(quote.underlying()), QuoteToken.addressee(TOKENS.seal(quote)));
    }

    @Test
    void aTokenOfAnotherKeyIsForged() {
        String token = new QuoteToken(filled(32, 8), "boot-1").seal(quote("boot-1"));
        assertEquals(rejected(RefusalReason.TOKEN_FORGED), TOKENS.open(token));
    }

    @Test
    void aTokenOfAnotherBootIsSaidToBe() {
        String token = new QuoteToken(KEY, "boot-0").seal(quote("boot-0"));
        assertEquals(rejected(RefusalReason.TOKEN_OF_ANOTHER_BOOT), TOKENS.open(token));
    }

    @Test
    void noChangedCharacterOpens() {
        String token = TOKENS.seal(quote("boot-1"));
        for (int i = 0; i < token.length(); i++) {
            char[] changed = token.toCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            assertInstanceOf(
                    QuoteToken.Rejected.class, TOKENS.open(new String(changed)), "at " + i);
        }
    }

    @Test
    void aCheaperPriceUnderTheOldSealIsForged() {
        String token = TOKENS.seal(quote("boot-1"));
        String text =
                new String(
                        Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
                        StandardCharsets.US_ASCII);
        String cheaper = text.replace("|100000000|", "|900000|");
        String forged =
                Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(cheaper.getBytes(StandardCharsets.US_ASCII))
                        + token.substring(token.indexOf('.'));
        assertEquals(rejected(RefusalReason.TOKEN_FORGED), TOKENS.open(forged));
    }

    @Test
    void noiseIsRefusedAndNeverThrows() {
        long seed = 20261122L;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder noise = new StringBuilder();
            int length = random.nextInt(200);
            for (int i = 0; i < length; i++) {
                noise.append((char) random.nextInt(round % 2 == 0 ? 0x80 : 0xFFFF));
            }
            assertEquals(
                    rejected(RefusalReason.TOKEN_MALFORMED),
                    TOKENS.open(noise.toString()),
                    "seed=" + seed + " round=" + round);
        }
        for (String text : List.of("", ".", "..", "a.", ".a", "x".repeat(5_000) + ".y")) {
            assertEquals(rejected(RefusalReason.TOKEN_MALFORMED), TOKENS.open(text), text);
        }
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new QuoteToken(filled(16, 1), "boot-1"));
    }

    private static QuoteToken.Rejected rejected(RefusalReason reason) {
        return new QuoteToken.Rejected(reason);
    }

    private static FirmQuote quote(String boot) {
        return new FirmQuote(
                "q-1",
                boot,
                new AccountId("alice"),
                new OptionPackage(
                        List.of(
                                new Leg(OptionContract.parse("BTC_USDC-25DEC26-100000-C"), 3),
                                new Leg(OptionContract.parse("BTC_USDC-25DEC26-0d5-P"), -2))),
                new QuoteLines(
                        Usdc.ofWhole(100),
                        Usdc.ofWhole(2),
                        Usdc.ZERO,
                        new Usdc(-1_500_000),
                        new Usdc(5),
                        Usdc.ZERO),
                17,
                4,
                9);
    }

    private static byte[] filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }
}
