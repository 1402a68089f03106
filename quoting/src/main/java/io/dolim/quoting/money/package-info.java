/** Exact money: no floating point, no silent overflow. */
@NullMarked
package io.dolim.quoting.money;

import org.jspecify.annotations.NullMarked;
