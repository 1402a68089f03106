package io.dolim.book;

import io.dolim.book.trade.AccountId;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a Book's restart does not forget. Stands outside the supervised behaviour; belongs to one Book
 * and is touched on its thread only.
 *
 * @param outstanding requests that are not answered yet
 * @param used quotes that were taken
 * @param views market views under which it sums
 * @param accountIncarnations the latest start of each account that the Book heard of: a restarted Book
 *     must report to it before it answers what it finds written, and has nothing pending that an
 *     earlier start granted
 */
record BookMemory(
        Outstanding<Book.Request> outstanding,
        UsedQuotes used,
        LiveViews views,
        SortedMap<AccountId, Long> accountIncarnations) {

    static BookMemory empty(BookSettings settings) {
        return new BookMemory(
                new Outstanding<>(
                        settings.maxRequests(),
                        settings.maxRequestsOfAccount(),
                        Book.Request::sender),
                new UsedQuotes(settings.maxUsedQuotes()),
                new LiveViews(),
                new TreeMap<>());
    }
}
