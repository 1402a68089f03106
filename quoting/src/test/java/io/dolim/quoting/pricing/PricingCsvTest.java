package io.dolim.quoting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.OptionType;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PricingCsvTest {
    @Test
    void pricesAreWrittenWithSeventeenDigitsThatReadBackToTheBit() throws IOException {
        String in =
                "# a note\nname,cp,df,sigma,T,K,F\n\nfirst,1,0.99,0.5,0.25,105,100\nsecond,-1,0.99,0.5,0.25,105,100\n";
        List<String> lines = priced(in).lines().toList();
        assertEquals("price,delta,gamma,vega,theta,vanna,volga", lines.get(0));
        assertEquals(3, lines.size());
        Greeks call = Black76.greeks(OptionType.CALL, 100, 105, 0.25, 0.5, 0.99);
        double[] expected = {
            call.price(),
            call.delta(),
            call.gamma(),
            call.vega(),
            call.theta(),
            call.vanna(),
            call.volga()
        };
        String[] fields = lines.get(1).split(",", -1);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], Double.parseDouble(fields[i]));
            assertEquals(
                    17,
                    fields[i].substring(0, fields[i].indexOf('e')).replaceAll("[-.]", "").length(),
                    fields[i]);
        }
    }

    @Test
    void theLocaleOfTheMachineLeavesNoTrace() throws IOException {
        Locale before = Locale.getDefault();
        String in =
                "F,K,T,sigma,df,cp\n100,100,0,0.5,1,1\n100,120,0,0.5,1,-1\n1e-9,1e9,1,0.5,1,1\n";
        String plain = priced(in);
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals(plain, priced(in));
        } finally {
            Locale.setDefault(before);
        }
        assertEquals(
                "2.0000000000000000e+01,-1.0000000000000000e+00",
                plain.lines().toList().get(2).substring(0, 46));
    }

    @Test
    void volatilitiesAreThoseOfTheUndiscountedPrices() throws IOException {
        double price = Black76.price(OptionType.PUT, 100, 105, 0.25, 0.5, 1);
        StringBuilder out = new StringBuilder();
        PricingCsv.impliedVolatility(
                new StringReader("F,K,T,cp,price\r\n100,105,0.25,-1," + price + "\r\n"), out);
        String[] lines = out.toString().split("\n", -1);
        assertEquals("sigma", lines[0]);
        assertEquals(0.5, Double.parseDouble(lines[1]), 1e-15);
    }

    @Test
    void theReferenceTablesGoThrough() throws IOException {
        ReferenceTable table = ReferenceTable.resource("black76_rows.csv");
        StringBuilder in = new StringBuilder("regime,F,K,T,sigma,df,cp\n");
        for (int i = 0; i < table.size(); i++) {
            in.append(
                    String.join(
                            ",",
                            table.line(i).split(",", -1)[0],
                            table.text(i, "F"),
                            table.text(i, "K")));
            in.append(',').append(String.join(",", table.text(i, "T"), table.text(i, "sigma")));
            in.append(',')
                    .append(String.join(",", table.text(i, "df"), table.text(i, "cp")))
                    .append('\n');
        }
        List<String> lines = priced(in.toString()).lines().toList();
        assertEquals(41, lines.size());
        for (int i = 0; i < table.size(); i++) {
            double scale = Math.max(table.number(i, "F"), table.number(i, "K"));
            double price = Double.parseDouble(lines.get(i + 1).split(",", -1)[0]);
            assertEquals(table.number(i, "price"), price, 1e-14 * scale, table.line(i));
        }
    }

    @Test
    void aBadRowIsRefusedWithLineColumnValueAndRule() {
        String header = "F,K,T,sigma,df,cp\n";
        says("line=0 column=header value= rule=a header line", "");
        says("line=2 column=header value= rule=a header line", "# only\n\n");
        says("line=1 column=sigma value= rule=a column of this name", "F,K,T,df,cp\n");
        says("line=1 column=F value=F rule=only one column of this name", "F,F,K,T,sigma,df,cp\n");
        says("line=2 column=F value=abc rule=a decimal number", header + "abc,1,1,1,1,1\n");
        says("line=2 column=F value=NaN rule=a decimal number", header + "NaN,1,1,1,1,1\n");
        says("line=2 column=K value=0x10 rule=a decimal number", header + "1,0x10,1,1,1,1\n");
        says("line=2 column=K value= rule=a decimal number", header + "1,,1,1,1,1\n");
        says(
                "line=3 column=K value=0.0 rule=within 1.0E-100 to 1e100",
                header + "1,1,1,1,1,1\n1,0,1,1,1,1\n");
        says("line=2 column=T value=-1.0 rule=within 0.0 to 1e100", header + "1,1,-1,1,1,1\n");
        says(
                "line=2 column=sigma value=Infinity rule=within 0.0 to 1e100",
                header + "1,1,1,1e999,1,1\n");
        says(
                "line=2 column=cp value=0.0 rule=1 for a call, -1 for a put",
                header + "1,1,1,1,1,0\n");
        says(
                "line=2 column=df value= rule=a field for every column of the header",
                header + "1,1,1,1\n");
        says(
                "line=2 column= value=10001 characters rule=at most 10000",
                header + "1".repeat(10_001) + "\n");
    }

    @Test
    void aPriceWithoutAVolatilityIsRefusedWithTheReason() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                PricingCsv.impliedVolatility(
                                        new StringReader(
                                                "F,K,T,cp,price\n120,100,1,1,20.5\n120,100,1,1,19.5\n"),
                                        new StringBuilder()));
        assertEquals(
                "line=3 column=price value=19.5 rule=BELOW_INTRINSIC (undiscounted=19.5 intrinsic=20.0)",
                refusal.getMessage());
    }

    private static String priced(String in) throws IOException {
        StringBuilder out = new StringBuilder();
        PricingCsv.price(new StringReader(in), out);
        return out.toString();
    }

    private static void says(String message, String in) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> priced(in)).getMessage());
    }
}
