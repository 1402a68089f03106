package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows in each format, gathered and one by one. */
class RowsTest {

    private final StringWriter out = new StringWriter();

    private Rows rows(OutputFormat format) {
        return new Rows(format, new PrintWriter(out));
    }

    private static List<ObjectNode> two() {
        ObjectNode one = Rows.object().put("name", "a,\"b\"").put("n", new BigDecimal("1.50"));
        ObjectNode other = Rows.object().put("name", "c").put("more", "x\ny");
        other.putObject("in").put("k", 1);
        return List.of(one, other);
    }

    @Test
    void csvHasAHeadOfAllColumnsAndQuotesWhatNeedsIt() throws Exception {
        rows(OutputFormat.csv).print(two());
        assertEquals(
                """
                name,n,more,in
                "a,""b""\",1.50,,
                c,,"x
                y","{""k"":1}"
                """,
                out.toString());
    }

    @Test
    void aTableAlignsNumbersToTheRight() throws Exception {
        rows(OutputFormat.table)
                .print(
                        List.of(
                                Rows.object().put("id", "BTC-1").put("price", 5),
                                Rows.object().put("id", "BTC-10").put("price", 1234)));
        assertEquals(
                """
                id      price
                BTC-1       5
                BTC-10   1234
                """,
                out.toString());
    }

    @Test
    void oneThingIsATreeInJsonAndPathsInCsv() throws Exception {
        ObjectNode tree = Rows.object();
        tree.putObject("a").put("b", 1);
        tree.putArray("l").add("x");
        rows(OutputFormat.jsonl).print(tree);
        rows(OutputFormat.csv).print(tree);
        assertEquals(
                """
                {"a":{"b":1},"l":["x"]}
                path,value
                a.b,1
                l.0,x
                """,
                out.toString());
    }

    @Test
    void rowsThatComeOneByOneReadLikeThoseThatWereGathered() throws Exception {
        List<String> columns = List.of("name", "n", "more", "in");
        for (OutputFormat format : List.of(OutputFormat.csv, OutputFormat.jsonl)) {
            out.getBuffer().setLength(0);
            rows(format).print(two());
            String gathered = out.toString();
            out.getBuffer().setLength(0);
            try (Rows.Stream stream = rows(format).stream(columns)) {
                two().forEach(stream::row);
            }
            assertEquals(gathered, out.toString());
        }
        out.getBuffer().setLength(0);
        try (Rows.Stream stream = rows(OutputFormat.json).stream(columns)) {
            two().forEach(stream::row);
        }
        assertEquals(2, Rows.JSON.readTree(out.toString()).size());
        out.getBuffer().setLength(0);
        rows(OutputFormat.json).stream(columns).close();
        assertEquals("[ ]\n", out.toString());
    }
}
