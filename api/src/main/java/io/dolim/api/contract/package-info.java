/** What the server can do, told from the method table that dispatches: documents for programs and a page for people. */
@NullMarked
package io.dolim.api.contract;

import org.jspecify.annotations.NullMarked;
