package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChargeTableTest {

    private static final String HEADER = "g,book,instrument,quantity_bought_by_taker\n";

    @Test
    @Tag("slow")
    void chargesOfThirtyNineCasesAgreeWithDecimalBisection() throws IOException {
        List<String> rows = print(Samples.resource("charge-cases.csv"));

        assertEquals("g,book,instrument,quantity_bought_by_taker,charge", rows.getFirst());
        assertEquals(40, rows.size());
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            double expected =
                    ChargeByDecimals.of(
                            Integer.parseInt(cells[0]),
                            cells[1],
                            cells[2],
                            Long.parseLong(cells[3]));
            assertEquals(expected, Double.parseDouble(cells[4]), 1e-5, row);
        }
    }

    @Test
    void aBadCellIsRefusedWithItsLineColumnValueAndRule() {
        assertMessage("2,,BTC-65000-30d-X,1", "csv line 2: instrument=BTC-65000-30d-X must read");
        assertMessage("7,,BTC-65000-30d-C,1", "csv line 2: g=7 must be 1 to 4");
        assertMessage("NaN,,BTC-65000-30d-C,1", "csv line 2: g=NaN must be a finite decimal");
        assertMessage("2,,BTC-65000-30d-C,0.5", "quantity_bought_by_taker=0.5 must be a whole");
        assertMessage("2,,BTC-65000-30d-C,0", "quantity_bought_by_taker=0 must be 1 to 20000");
        assertMessage("2,5 of,BTC-65000-30d-C,1", "csv line 2: book=5 of must read like");
        assertMessage("2,,BTC-65000-30d-C", "csv line 2: 3 cells, the header has 4");
        assertMessage("1,,BTC-65000-30d-C,20000", "is beyond what the capital carries");
    }

    private static void assertMessage(String row, String part) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> print(HEADER + row + "\n"));
        assertTrue(String.valueOf(refused.getMessage()).contains(part), refused.getMessage());
    }

    private static List<String> print(String cases) throws IOException {
        StringWriter out = new StringWriter();
        ChargeTable.print(
                new StringReader(Samples.resource("charge-scenarios.csv")),
                new StringReader(cases),
                out);
        return out.toString().lines().toList();
    }
}
