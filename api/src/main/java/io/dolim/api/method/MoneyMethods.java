package io.dolim.api.method;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Refused;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.Scope;
import io.dolim.book.Account;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.RequestId;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Cash in and out of an account: the demonstration's faucet, and the operator's hand. */
final class MoneyMethods {

    private final Desk desk;
    private final Optional<Usdc> faucet;

    /**
     * @param faucet most a taker may give himself in one deposit; empty where only operators deposit
     */
    MoneyMethods(Desk desk, Optional<Usdc> faucet) {
        this.desk = desk;
        this.faucet = faucet;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.scoped(
                                "private/deposit",
                                Scope.WALLET_READ_WRITE,
                                MoneyMethods::asked,
                                this::deposit)
                        .strictly()
                        .matching(),
                Method.scoped(
                                "private/withdraw",
                                Scope.WALLET_READ_WRITE,
                                MoneyMethods::asked,
                                this::withdraw)
                        .strictly()
                        .matching());
    }

    private record Asked(Usdc amount, RequestId requestId, Optional<AccountId> account) {}

    private static Asked asked(Params params) {
        return new Asked(
                usdc(params, "amount"),
                requestId(params),
                params.has("account")
                        ? Optional.of(
                                params.parsed(
                                        "account",
                                        text -> Wire.reading(AccountId::new, text),
                                        "must be an account"))
                        : Optional.empty());
    }

    static RequestId requestId(Params params) {
        return params.parsed(
                "request_id",
                text -> Wire.reading(RequestId::new, text),
                "must be 1 to 64 letters, digits, '.', ':', '_' or '-'");
    }

    static Usdc usdc(Params params, String name) {
        BigDecimal amount = params.decimal(name);
        if (amount.signum() <= 0 || amount.stripTrailingZeros().scale() > 6) {
            throw params.refuse(name, "must be positive USDC with at most six decimals");
        }
        return Wire.reading(Usdc::of, amount)
                .orElseThrow(() -> params.refuse(name, "must be below 9.2e12 USDC"));
    }

    private CompletionStage<Reply> deposit(Caller caller, Asked asked) {
        boolean operator = caller.authority().filter(has -> has.covers(Scope.OPERATOR)).isPresent();
        if (!operator && faucet.filter(most -> asked.amount.compareTo(most) <= 0).isEmpty()) {
            throw new Refused(
                    Refusal.of(ErrorCode.FORBIDDEN, "faucet")
                            .with("amount", asked.amount.toDecimal())
                            .with("most", faucet.map(Usdc::toDecimal).orElse(BigDecimal.ZERO))
                            .with(
                                    "rule",
                                    "beyond the demonstration's faucet an operator deposits"));
        }
        AccountId account = account(caller, asked, operator);
        return desk.<Account.Moved>askAccount(
                        account,
                        replyTo ->
                                new Account.Deposit(
                                        asked.requestId, caller.account(), asked.amount, replyTo))
                .thenApply(MoneyMethods::reply);
    }

    private CompletionStage<Reply> withdraw(Caller caller, Asked asked) {
        boolean operator = caller.authority().filter(has -> has.covers(Scope.OPERATOR)).isPresent();
        AccountId account = account(caller, asked, operator);
        return desk.<Account.Moved>askAccount(
                        account,
                        replyTo ->
                                new Account.Withdraw(
                                        asked.requestId, caller.account(), asked.amount, replyTo))
                .thenApply(MoneyMethods::reply);
    }

    private static AccountId account(Caller caller, Asked asked, boolean operator) {
        AccountId own = new AccountId(caller.account());
        AccountId wanted = asked.account.orElse(own);
        if (!operator && !wanted.equals(own)) {
            throw new Refused(
                    Refusal.of(ErrorCode.FORBIDDEN, "foreign_account")
                            .with("account", wanted.text())
                            .with("rule", "only an operator names another account"));
        }
        return wanted;
    }

    private static Reply reply(Account.Moved moved) {
        return switch (moved) {
            case Account.MoneyMoved done ->
                    new Result(
                            json -> {
                                json.writeStartObject();
                                json.writeStringField("request_id", done.requestId().text());
                                json.writeNumberField("amount", done.amount().toDecimal());
                                json.writeStringField("currency", "USDC");
                                json.writeStringField("state", "completed");
                                json.writeEndObject();
                            });
            case Account.MoneyRefused refused -> Refusals.of(refused.reason(), refused.numbers());
            case Account.MoneyLater later -> Refusals.retry(later.why());
            case Account.MoneyUnknown unknown -> Refusals.unknown();
        };
    }
}
