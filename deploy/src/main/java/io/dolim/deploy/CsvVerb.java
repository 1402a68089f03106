package io.dolim.deploy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb that reads a table and prints another. */
abstract class CsvVerb implements Callable<Integer> {

    @Option(names = "--csv", required = true, paramLabel = "FILE", description = "The table.")
    private Path csv = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Prints what becomes of a table. */
    abstract void print(Reader table, PrintWriter out) throws IOException;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Reader table = Files.newBufferedReader(csv)) {
            print(table, out);
        }
        out.flush();
        return 0;
    }
}
