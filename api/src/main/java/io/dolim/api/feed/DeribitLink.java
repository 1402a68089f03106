package io.dolim.api.feed;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: frames in whole, bounded, and one at a time on the feed's thread; the next is read
 * when the last was worked off. Lost once, for whatever reason, it says so once and stays lost.
 */
public final class DeribitLink implements WebSocket.Listener {

    private static final int MOST_UNSENT = 64;

    private final Executor feedThread;
    private final int maxFrame;
    private final Consumer<DeribitLink> opened;
    private final Consumer<String> frames;
    private final Consumer<String> lost;
    private final StringBuilder partial = new StringBuilder();

    private CompletableFuture<WebSocket> sending = CompletableFuture.failedFuture(new Unopened());
    private @Nullable WebSocket socket;
    private int unsent;
    private boolean over;

    private static final class Unopened extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /**
     * The callbacks are called on the feed's thread only.
     *
     * @param feedThread runs one task at a time, in order
     * @param maxFrame characters of the longest frame that is read
     */
    public DeribitLink(
            Executor feedThread,
            int maxFrame,
            Consumer<DeribitLink> opened,
            Consumer<String> frames,
            Consumer<String> lost) {
        this.feedThread = feedThread;
        this.maxFrame = maxFrame;
        this.opened = opened;
        this.frames = frames;
        this.lost = lost;
    }

    /** Opens the connection; called once. */
    public void connect(HttpClient client, URI endpoint, Duration within) {
        var _ =
                client.newWebSocketBuilder()
                        .connectTimeout(within)
                        .buildAsync(endpoint, this)
                        .whenComplete(
                                (_, failure) -> {
                                    if (failure != null) {
                                        feedThread.execute(() -> lose("connect: " + failure));
                                    }
                                });
    }

    /** Sends a text after all before it. On the feed's thread. */
    public void send(String text) {
        if (++unsent > MOST_UNSENT) {
            lose("the venue does not read: unsent=" + unsent);
            return;
        }
        sending = sending.thenCompose(open -> open.sendText(text, true));
        var _ =
                sending.whenComplete(
                        (_, failure) ->
                                feedThread.execute(
                                        () -> {
                                            unsent--;
                                            if (failure != null) {
                                                lose("send: " + failure);
                                            }
                                        }));
    }

    /** Cuts the connection; it says that it is lost. On the feed's thread. */
    public void lose(String why) {
        if (!over) {
            cut();
            lost.accept(why);
        }
    }

    /** Cuts the connection and says nothing any more. On the feed's thread. */
    public void cut() {
        over = true;
        if (socket != null) {
            socket.abort();
        }
    }

    @Override
    public void onOpen(WebSocket open) {
        feedThread.execute(
                () -> {
                    socket = open;
                    if (over) {
                        open.abort();
                        return;
                    }
                    sending = CompletableFuture.completedFuture(open);
                    opened.accept(this);
                    open.request(1);
                });
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence data, boolean last) {
        if (partial.length() + data.length() > maxFrame) {
            feedThread.execute(() -> lose("frame longer than maxFrame=" + maxFrame));
            return null;
        }
        partial.append(data);
        if (!last) {
            open.request(1);
            return null;
        }
        String frame = partial.toString();
        partial.setLength(0);
        feedThread.execute(
                () -> {
                    if (!over) {
                        frames.accept(frame);
                        open.request(1);
                    }
                });
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket open, ByteBuffer data, boolean last) {
        feedThread.execute(() -> lose("a binary frame, which this protocol has not"));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket open, int status, String reason) {
        feedThread.execute(() -> lose("closed: status=" + status));
        return null;
    }

    @Override
    public void onError(WebSocket open, Throwable error) {
        feedThread.execute(() -> lose("error: " + error));
    }
}
