package io.dolim.deploy;

import io.dolim.book.Account;
import io.dolim.book.Accounts;
import io.dolim.book.Book;
import io.dolim.book.BookSummary;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.PoolSummary;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.money.Usdc;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The money of a first start: capital of the pool, and what demonstration accounts hold. Once only. */
final class Genesis {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int TRIES = 60;
    private static final String BY = "genesis";
    private static final RequestId REQUEST = new RequestId("genesis");

    private final Engine engine;

    private Genesis(Engine engine) {
        this.engine = engine;
    }

    static Genesis of(Engine engine) {
        return new Genesis(engine);
    }

    /** Pays in what is not paid in yet. Repeating it changes nothing. */
    void make(List<DemoKey> given, List<DemoKey> takers) throws IOException, InterruptedException {
        requireSameLots();
        capital();
        List<DemoKey> funded = new ArrayList<>(engine.demoKeys().demo().stream().toList());
        funded.addAll(given);
        funded.addAll(takers);
        for (DemoKey key : funded) {
            deposit(new AccountId(key.account()), engine.config().demoDeposit());
        }
    }

    /** What is listed keeps the lot it was listed with: another one would fill at another size. */
    private void requireSameLots() throws IOException {
        for (var book : engine.desk().books().entrySet()) {
            BookSummary summary = await(ask(book.getValue(), Book.Query::new));
            BigDecimal configured =
                    engine.config()
                            .specs(List.of(book.getKey()))
                            .values()
                            .iterator()
                            .next()
                            .coinsPerLot();
            for (ContractSpec listed : summary.listed().values()) {
                if (listed.coinsPerLot().compareTo(configured) != 0) {
                    throw new IllegalArgumentException(
                            "coins-per-lot of "
                                    + book.getKey()
                                    + " is configured "
                                    + configured.toPlainString()
                                    + " but its journal lists contracts of "
                                    + listed.coinsPerLot().toPlainString());
                }
            }
        }
    }

    private void capital() throws IOException {
        PoolSummary summary = await(ask(engine.desk().capacity(), Capacity.Query::new));
        if (!summary.capitalMoved()) {
            Capacity.OperatorReply reply =
                    await(
                            this.<Capacity.Command, Capacity.OperatorReply>ask(
                                    engine.desk().capacity(),
                                    to ->
                                            new Capacity.PayIn(
                                                    BY,
                                                    engine.config().capital(),
                                                    REQUEST.text(),
                                                    to)));
            if (reply instanceof Capacity.Rejected rejected) {
                throw new IOException("the pool's capital was refused: " + rejected.reason());
            }
        }
    }

    private void deposit(AccountId account, Usdc amount) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Account.Moved moved =
                    await(
                            this.<Accounts.Command, Account.Moved>ask(
                                    engine.desk().accounts(),
                                    to ->
                                            new Accounts.Deliver(
                                                    account,
                                                    new Account.Deposit(REQUEST, BY, amount, to))));
            switch (moved) {
                case Account.MoneyMoved done -> {
                    return;
                }
                case Account.MoneyLater later -> TimeUnit.MILLISECONDS.sleep(100);
                case Account.MoneyRefused refused
                        when refused.reason() == RefusalReason.CONTRADICTS -> {
                    // paid in at an earlier start, when the configuration said another amount
                    return;
                }
                case Account.MoneyRefused refused ->
                        throw new IOException(
                                "deposit to " + account + " refused: " + refused.reason());
                case Account.MoneyUnknown unknown ->
                        throw new IOException("deposit to " + account + ": outcome unknown");
            }
        }
        throw new IOException("account " + account + " did not start");
    }

    private <M, R> CompletionStage<R> ask(
            ActorRef<M> actor, org.apache.pekko.japi.function.Function<ActorRef<R>, M> question) {
        Scheduler scheduler = engine.desk().scheduler();
        return AskPattern.ask(actor, question, ANSWER, scheduler);
    }

    private static <R> R await(CompletionStage<R> stage) throws IOException {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw new IOException("no answer at the start: " + failed.getCause(), failed);
        }
    }
}
