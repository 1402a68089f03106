package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A verb as it was run in this process: its exit code and what it printed. */
record Ran(int code, String out, String err) {

    static Ran of(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(words);
        return new Ran(code, out.toString(), err.toString());
    }

    /** What it printed, as JSON. */
    JsonNode json() throws IOException {
        return Rows.JSON.readTree(out);
    }
}
