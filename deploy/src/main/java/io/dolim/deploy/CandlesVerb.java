package io.dolim.deploy;

import io.dolim.book.history.Candles;
import io.dolim.book.history.Resolution;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Candles of an index from its tape, or of an instrument from its trades. */
@Command(
        name = "candles",
        mixinStandardHelpOptions = true,
        description = {
            "Candles of an index from its tape, or of an instrument from its trades.",
            "A stretch without any is one row with ticks 0; nothing is carried forward."
        })
final class CandlesVerb implements Callable<Integer> {

    @Mixin private StateOptions state = new StateOptions();
    @Mixin private TimeOptions times = new TimeOptions();

    @ArgGroup(multiplicity = "1")
    private Of of = new Of();

    /** Of what. */
    static final class Of {
        @Option(names = "--index", paramLabel = "COIN", description = "The index, as in BTC.")
        private @Nullable String index;

        @Option(
                names = "--instrument",
                paramLabel = "I",
                description = "An option; its trades alone, no packages.")
        private @Nullable String instrument;
    }

    @Option(
            names = "--resolution",
            paramLabel = "R",
            defaultValue = "1",
            description = "1s, minutes 1 3 5 10 15 30 60 120 180 360 720, or 1D; 1 minute.")
    private String resolution = "1";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Candles candles = candles(Resolution.parse(resolution));
        String tag =
                of.index != null
                        ? "underlying:" + new Underlying(of.index)
                        : "instrument:" + of.instrument;
        try (Progress progress = state.progress(spec.commandLine().getErr(), "reading")) {
            state.journal().read(tag, progress, candles::take);
        }
        state.rows(spec.commandLine().getOut()).print(candles.rows());
        return 0;
    }

    private Candles candles(Resolution length) {
        return of.index != null
                ? Candles.ofIndex(new Underlying(of.index), length, times.fromMs(), times.untilMs())
                : Candles.ofInstrument(
                        OptionContract.parse(String.valueOf(of.instrument)),
                        length,
                        times.fromMs(),
                        times.untilMs());
    }
}
