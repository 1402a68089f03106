package io.dolim.api.method;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.Channel;
import io.dolim.api.rpc.Channels;
import io.dolim.api.rpc.Delivery;
import io.dolim.api.rpc.Topic;
import io.dolim.api.rpc.json.JsonText;
import io.dolim.book.PricingView;
import io.dolim.quoting.quote.DisplayedQuotes;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tickers, quotes, books and the pool's risk as channels. One thread looks every 100 ms at the latest views and
 * serialises each changed update once, for all sessions; what nobody listens to is not computed.
 *
 * <p>The intervals of the names are all 100 ms here: the pool's prices move with the market view, not
 * with every order of a crowd.
 */
public final class MarketChannels implements Channels, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MarketChannels.class);
    private static final long EVERY_MS = 100;

    private final Floor floor;
    private final RiskDesk risk;
    private final RiskChannel poolRisk;
    private final ConcurrentMap<String, Stream> streams = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("market-channels").factory());

    /** Channels over what this floor shows; call {@link #start} to make them move. */
    MarketChannels(Floor floor, RiskDesk risk) {
        this.floor = floor;
        this.risk = risk;
        this.poolRisk = new RiskChannel(risk, floor);
    }

    /** Begins to look. */
    public void start() {
        var _ = clock.scheduleAtFixedRate(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<Channel> resolve(String name, Caller caller) {
        if (name.equals(RiskChannel.NAME)) {
            return Optional.of(poolRisk.channel());
        }
        return ChannelName.parse(name)
                .filter(
                        channel ->
                                floor.board()
                                        .latest(channel.contract().underlying())
                                        .filter(view -> view.listed().contains(channel.contract()))
                                        .isPresent())
                .map(
                        channel ->
                                streams.computeIfAbsent(name, ignored -> stream(channel))
                                        .channel());
    }

    @Override
    public void close() {
        clock.shutdownNow();
        risk.close();
    }

    /** One channel under way. */
    private interface Stream {
        Channel channel();

        int listeners();

        void update(PricingView view, DisplayedQuotes shown, DisplayedQuotes.Row row);

        ChannelName name();
    }

    private void look() {
        try {
            poolRisk.look();
        } catch (RuntimeException fault) {
            // as below
            LOG.error("channel {} could not be written", RiskChannel.NAME, fault);
        }
        for (Stream stream : streams.values()) {
            try {
                look(stream);
            } catch (RuntimeException fault) {
                // a scheduled task that throws would never run again, for any channel
                LOG.error("channel {} could not be written", stream.name().text(), fault);
            }
        }
    }

    private void look(Stream stream) {
        Optional<PricingView> view = floor.board().latest(stream.name().contract().underlying());
        boolean listed =
                view.filter(one -> one.listed().contains(stream.name().contract())).isPresent();
        if (stream.listeners() == 0) {
            if (!listed) {
                streams.remove(stream.name().text(), stream);
            }
            return;
        }
        Optional<DisplayedQuotes> shown = view.flatMap(PricingView::displayed);
        shown.flatMap(quotes -> quotes.row(stream.name().contract()))
                .ifPresent(row -> stream.update(view.get(), shown.get(), row));
    }

    private Stream stream(ChannelName name) {
        return name.kind() == ChannelName.Kind.BOOK ? new Book(name) : new Latest(name, floor);
    }

    /** A channel whose every update replaces the one before. */
    private static final class Latest implements Stream {
        private final ChannelName name;
        private final Floor floor;
        private final Topic topic;
        private long seen = -1;

        Latest(ChannelName name, Floor floor) {
            this.name = name;
            this.floor = floor;
            this.topic = new Topic(name.text(), Delivery.LATEST);
        }

        @Override
        public ChannelName name() {
            return name;
        }

        @Override
        public Channel channel() {
            return topic;
        }

        @Override
        public int listeners() {
            return topic.subscribers();
        }

        @Override
        public void update(PricingView view, DisplayedQuotes shown, DisplayedQuotes.Row row) {
            if (view.number() == seen) {
                return;
            }
            seen = view.number();
            topic.publish(JsonText.bytes(json -> write(json, view, shown, row)));
        }

        private void write(
                com.fasterxml.jackson.core.JsonGenerator json,
                PricingView view,
                DisplayedQuotes shown,
                DisplayedQuotes.Row row)
                throws java.io.IOException {
            json.writeStartObject();
            switch (name.kind()) {
                case TICKER -> TickerWriter.write(json, view, row, floor.day(view, row));
                case QUOTE -> {
                    json.writeStringField("instrument_name", row.contract().name());
                    json.writeNumberField("timestamp", view.market().timeMs());
                    TickerWriter.best(json, view, row);
                }
                case TOP, BOOK -> {
                    DisplayedQuotes.Levels levels = shown.levels(row.contract());
                    json.writeStringField("instrument_name", row.contract().name());
                    json.writeNumberField("timestamp", view.market().timeMs());
                    json.writeNumberField("change_id", view.number());
                    TickerWriter.levels(json, "bids", view, levels.bids(), name.depth());
                    TickerWriter.levels(json, "asks", view, levels.asks(), name.depth());
                }
            }
            json.writeEndObject();
        }
    }

    /** A chained book. */
    private static final class Book implements Stream {
        private final ChannelName name;
        private final BookChannel channel;

        Book(ChannelName name) {
            this.name = name;
            this.channel = new BookChannel(name);
        }

        @Override
        public ChannelName name() {
            return name;
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public int listeners() {
            return channel.listeners();
        }

        @Override
        public void update(PricingView view, DisplayedQuotes shown, DisplayedQuotes.Row row) {
            channel.update(view, shown.levels(name.contract()));
        }
    }
}
