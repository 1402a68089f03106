/** Whether forecasts of losses came true: tests of coverage and of expected shortfall. */
@NullMarked
package io.dolim.capacity.backtest;

import org.jspecify.annotations.NullMarked;
